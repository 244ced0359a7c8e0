// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <taglib.h>
#include <tiostream.h>

#include "app/media/output_file.h"

namespace lathe {

/// Lets TagLib edit a file that is being made, so that a disk that fills up is noticed: TagLib's own stream ignores it.
class TagStream final : public TagLib::IOStream {
public:
#if TAGLIB_MAJOR_VERSION >= 2
    using Place = TagLib::offset_t;
    using Start = TagLib::offset_t;
    using Count = std::size_t;
#else
    using Place = long;
    using Start = unsigned long;
    using Count = unsigned long;
#endif
    /// name: only its extension matters, it tells TagLib the kind of file.
    TagStream(OutputFile& file, const char* name) : file_(file), name_(name) {}

    TagLib::FileName name() const override { return name_; }
    TagLib::ByteVector readBlock(Count length) override;
    void writeBlock(const TagLib::ByteVector& data) override;
    void insert(const TagLib::ByteVector& data, Start start = 0, Count replace = 0) override;
    void removeBlock(Start start = 0, Count length = 0) override;
    bool readOnly() const override { return false; }
    bool isOpen() const override { return true; }
    void seek(Place offset, Position from = Beginning) override;
    Place tell() const override { return at_; }
    Place length() override { return static_cast<Place>(file_.size()); }
    void truncate(Place length) override { file_.truncate(length); }

private:
    OutputFile& file_;
    const char* name_;
    Place at_ = 0;
};

}  // namespace lathe
