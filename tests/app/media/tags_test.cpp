// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/tags.h"

#include "app/media/audio_file.h"
#include "tests/app/media/media_files.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

Tags full_tags() {
    Tags tags;
    tags.title = "Größe – 大きさ";
    tags.artist = "The Artist";
    tags.album = "The Album";
    tags.album_artist = "Various";
    tags.genre = "Ambient";
    tags.date = "2026-11-21";
    tags.comment = "Mastered by hand";
    tags.copyright = "2026 The Label";
    tags.composer = "A. Composer";
    tags.isrc = "USABC2400017";
    tags.upc = "4006381333931";
    tags.label = "The Label";
    tags.catalog = "TL-001";
    tags.track_number = 3;
    tags.track_count = 12;
    tags.disc = 2;
    return tags;
}

void check_equal(const Tags& a, const Tags& b) {
    CHECK(a.title == b.title);
    CHECK(a.artist == b.artist);
    CHECK(a.album == b.album);
    CHECK(a.album_artist == b.album_artist);
    CHECK(a.genre == b.genre);
    CHECK(a.date == b.date);
    CHECK(a.comment == b.comment);
    CHECK(a.copyright == b.copyright);
    CHECK(a.composer == b.composer);
    CHECK(a.isrc == b.isrc);
    CHECK(a.upc == b.upc);
    CHECK(a.label == b.label);
    CHECK(a.catalog == b.catalog);
    CHECK(a.track_number == b.track_number);
    CHECK(a.track_count == b.track_count);
    CHECK(a.disc == b.disc);
}

bool holds(const std::string& bytes, const std::string& text) { return bytes.find(text) != std::string::npos; }

}  // namespace

TEST_CASE("every tag comes back from every container, and the audio is the same without them", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(every_kind()));
    CAPTURE(kind.extension, bits_of(kind.format));
    const auto tagged = folder / (std::string("a") + kind.extension),
               bare = folder / (std::string("b") + kind.extension);
    write_file(tagged, format_of(kind), 10007, full_tags());
    write_file(bare, format_of(kind), 10007);
    check_equal(read_tags(tagged), full_tags());
    check_equal(read_tags(bare), Tags{});
    CHECK(AudioReader(tagged).info().frames == 10007);
    CHECK(sha256_of_audio(tagged) == sha256_of_audio(bare));
    CHECK(sha256_of_file(tagged) != sha256_of_file(bare));
}

TEST_CASE("an ISRC is stored without its hyphens", "[media]") {
    const ScratchFolder folder;
    Tags tags;
    tags.isrc = "US-ABC-24-00017";
    write_file(folder / "a.flac", {Container::flac, SampleFormat::pcm16, 2, 48000}, 100, tags);
    CHECK(read_tags(folder / "a.flac").isrc == "USABC2400017");
}

TEST_CASE(
    "WAV carries INFO for old readers and ID3 for the rest; INFO's ISRC field, which means another thing, stays away",
    "[media]") {
    const std::string info = info_list(full_tags());
    for (const char* field : {"INAM", "IART", "IPRD", "ITRK", "ICRD", "IGNR", "ICMT", "ICOP"})
        CHECK(holds(info, field));
    CHECK(!holds(info, "ISRC"));
    CHECK(holds(info, std::string("ITRK\x05\0\0\0"
                                  "3/12",
                                  12)));
    CHECK(info.rfind("INFO", 0) == 0);
    check_equal(parse_id3_tag(id3_tag(full_tags())), full_tags());
    CHECK(id3_tag(Tags{}).empty());
    CHECK(info_list(Tags{}).empty());
}

TEST_CASE("MP3 has an ID3v2.4 tag in front and none of version 1 behind", "[media]") {
    const ScratchFolder folder;
    write_file(folder / "a.mp3", {Container::mp3, SampleFormat::lossy, 2, 48000}, 48000, full_tags());
    const std::string bytes = bytes_of(folder / "a.mp3");
    CHECK(bytes.rfind(std::string("ID3\x04\0", 5), 0) == 0);
    CHECK(bytes.substr(bytes.size() - 128, 3) != "TAG");
}
