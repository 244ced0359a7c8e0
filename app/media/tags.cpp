// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/tags.h"

#include <fileref.h>
#include <fmt/format.h>
#include <id3v2header.h>
#include <id3v2tag.h>
#include <infotag.h>
#include <tpropertymap.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>

#include "app/media/chunks.h"
#include "app/media/input_file.h"
#include "app/media/tag_stream.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

using TagLib::PropertyMap;

/// TagLib fills tables of its own when they are first used, and does not guard them (1.13: a segmentation fault where
/// two files get their tags at once): whoever is with TagLib holds this.
std::mutex& taglib_use() {
    static std::mutex use;
    return use;
}

/// TagLib's names; it turns them into frames and comments.
constexpr std::array<std::pair<const char*, std::string Tags::*>, 13> text_fields{{{"TITLE", &Tags::title},
                                                                                   {"ARTIST", &Tags::artist},
                                                                                   {"ALBUM", &Tags::album},
                                                                                   {"ALBUMARTIST", &Tags::album_artist},
                                                                                   {"GENRE", &Tags::genre},
                                                                                   {"DATE", &Tags::date},
                                                                                   {"COMMENT", &Tags::comment},
                                                                                   {"COPYRIGHT", &Tags::copyright},
                                                                                   {"COMPOSER", &Tags::composer},
                                                                                   {"ISRC", &Tags::isrc},
                                                                                   {"BARCODE", &Tags::upc},
                                                                                   {"LABEL", &Tags::label},
                                                                                   {"CATALOGNUMBER", &Tags::catalog}}};

TagLib::String utf8(const std::string& text) { return {text, TagLib::String::UTF8}; }

/// ISO 3901: stored without hyphens.
std::string bare_isrc(std::string isrc) {
    std::erase_if(isrc, [](char c) { return c == '-' || c == ' '; });
    return isrc;
}

std::string track_text(const Tags& tags) {
    return tags.track_count > 0 ? fmt::format("{}/{}", tags.track_number, tags.track_count)
                                : std::to_string(tags.track_number);
}

void set(PropertyMap& map, const char* key, const std::string& text) {
    if (!text.empty()) map.replace(key, TagLib::StringList(utf8(text)));
}

/// All but the track, which comments and ID3 write differently.
PropertyMap common_properties(const Tags& tags) {
    PropertyMap map;
    for (const auto& [key, field] : text_fields)
        set(map, key, field == &Tags::isrc ? bare_isrc(tags.isrc) : tags.*field);
    if (tags.disc > 0) set(map, "DISCNUMBER", std::to_string(tags.disc));
    return map;
}

int first_number(const std::string& text, std::size_t from = 0) {
    int value = 0;
    if (from <= text.size()) std::from_chars(text.data() + from, text.data() + text.size(), value);
    return value;
}

Tags tags_of(const PropertyMap& map) {
    const auto text = [&](const char* key) {
        return map.contains(key) ? map[key].toString(", ").to8Bit(true) : std::string();
    };
    Tags tags;
    for (const auto& [key, field] : text_fields) tags.*field = text(key);
    const std::string track = text("TRACKNUMBER"), total = text("TRACKTOTAL");
    const std::size_t slash = track.find('/');
    tags.track_number = first_number(track);
    tags.track_count = slash != std::string::npos ? first_number(track, slash + 1) : first_number(total);
    tags.disc = first_number(text("DISCNUMBER"));
    return tags;
}

/// An ID3v2 tag that is had from bytes: TagLib reads one from whole files only.
class Id3FromBytes : public TagLib::ID3v2::Tag {
public:
    explicit Id3FromBytes(std::string_view bytes) {
        const auto head = TagLib::ID3v2::Header::size();
        if (bytes.size() < head) return;
        header()->setData({bytes.data(), head});
        const auto whole = std::min<std::size_t>(bytes.size() - head, header()->tagSize());
        parse({bytes.data() + head, static_cast<unsigned int>(whole)});
    }
};

/// RF64 is unknown to TagLib: its ID3 chunk is read here.
Tags tags_of_rf64(const std::filesystem::path& path) {
    const InputFile file(path);
    const auto chunks = read_chunks(file);
    const Chunk* id3 = chunks ? find_chunk(*chunks, "id3 ") : nullptr;
    if (id3 == nullptr) return {};
    std::string bytes(static_cast<std::size_t>(std::clamp<std::int64_t>(id3->size, 0, file.size() - id3->start)), '\0');
    bytes.resize(file.read(id3->start, bytes.data(), bytes.size()));
    return parse_id3_tag(bytes);
}

}  // namespace

std::string id3_tag(const Tags& tags) {
    const std::scoped_lock alone(taglib_use());
    PropertyMap map = common_properties(tags);
    if (tags.track_number > 0) set(map, "TRACKNUMBER", track_text(tags));
    if (map.isEmpty()) return {};
    TagLib::ID3v2::Tag tag;
    tag.setProperties(map);
    const TagLib::ByteVector bytes = tag.render(TagLib::ID3v2::v4);
    return {bytes.data(), bytes.size()};
}

std::string info_list(const Tags& tags) {
    const std::scoped_lock alone(taglib_use());
    TagLib::RIFF::Info::Tag info;
    const auto field = [&](const char* id, const std::string& text) {
        if (!text.empty()) info.setFieldText(id, utf8(text));
    };
    field("INAM", tags.title);
    field("IART", tags.artist);
    field("IPRD", tags.album);
    field("ITRK", tags.track_number > 0 ? track_text(tags) : "");
    field("ICRD", tags.date);
    field("IGNR", tags.genre);
    field("ICMT", tags.comment);
    field("ICOP", tags.copyright);
    if (info.isEmpty() && info.fieldListMap().isEmpty()) return {};
    const TagLib::ByteVector bytes = info.render();
    return {bytes.data(), bytes.size()};
}

void write_comments(OutputFile& file, Container container, const Tags& tags) {
    const std::scoped_lock alone(taglib_use());
    PropertyMap map = common_properties(tags);
    if (tags.track_number > 0) set(map, "TRACKNUMBER", std::to_string(tags.track_number));
    if (tags.track_count > 0) set(map, "TRACKTOTAL", std::to_string(tags.track_count));
    if (map.isEmpty()) return;
    TagStream stream(file, container == Container::flac ? "a.flac" : container == Container::opus ? "a.opus" : "a.ogg");
    TagLib::FileRef ref(&stream, false);
    const bool written = !ref.isNull() && ref.file()->setProperties(map).isEmpty() && ref.save();
    file.check();
    if (!written) throw SystemError(fmt::format("{}: its tags cannot be written", file.target().string()));
}

Tags parse_id3_tag(std::string_view bytes) {
    const std::scoped_lock alone(taglib_use());
    return tags_of(Id3FromBytes(bytes).properties());
}

Tags read_tags(const std::filesystem::path& path) {
    { const InputFile exists(path); }
    {
        const std::scoped_lock alone(taglib_use());
        const TagLib::FileRef ref(path.c_str(), false);
        const PropertyMap map = ref.isNull() || !ref.file()->isValid() ? PropertyMap() : ref.file()->properties();
        if (!map.isEmpty()) return tags_of(map);
    }
    return tags_of_rf64(path);
}

}  // namespace lathe
