// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/tag_stream.h"

#include <algorithm>
#include <string_view>

namespace lathe {

TagLib::ByteVector TagStream::readBlock(Count length) {
    const std::int64_t left = std::max<std::int64_t>(0, file_.size() - at_);
    const auto wanted = static_cast<unsigned int>(std::min<std::uint64_t>(length, static_cast<std::uint64_t>(left)));
    TagLib::ByteVector data(wanted, 0);
    const std::size_t n = file_.read(at_, data.data(), wanted);
    data.resize(static_cast<unsigned int>(n));
    at_ += static_cast<Place>(n);
    return data;
}

void TagStream::writeBlock(const TagLib::ByteVector& data) {
    file_.write(at_, data.data(), data.size());
    at_ += static_cast<Place>(data.size());
}

void TagStream::insert(const TagLib::ByteVector& data, Start start, Count replace) {
    file_.splice(static_cast<std::int64_t>(start), {data.data(), data.size()}, static_cast<std::int64_t>(replace));
}

void TagStream::removeBlock(Start start, Count length) {
    file_.splice(static_cast<std::int64_t>(start), {}, static_cast<std::int64_t>(length));
}

void TagStream::seek(Place offset, Position from) {
    const Place base = from == Beginning ? 0 : from == Current ? at_ : length();
    at_ = std::max<Place>(0, base + offset);
}

}  // namespace lathe
