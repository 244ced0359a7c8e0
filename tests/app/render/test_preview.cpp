// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/preview.h"

#include <fmt/format.h>

#include "tests/app/render/desk.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

std::string album_text(const std::string& normalize, const std::string& delivery,
                       const std::string& before = "gap_s = 0.5\n") {
    return fmt::format(
        "[album]\nloudness_lufs = -16\ntrue_peak_dbtp = -1\nnormalize = \"{}\"\n"
        "[[chain]]\ntype = \"eq\"\nbands = [{{ type = \"bell\", hz = 300, gain_db = 3, q = 1 }}]\n"
        "[[chain]]\ntype = \"compressor\"\nthreshold_db = -30\n[[chain]]\ntype = \"limiter\"\n"
        "[[track]]\nid = \"a\"\nsource = \"a.wav\"\n"
        "[[track]]\nid = \"b\"\nsource = \"b.wav\"\nset.eq.bands.1.gain_db = -6\ngain_db = 2\n{}\n{}\n",
        normalize, before, delivery);
}

/// What a file on the disk holds, as floats.
AudioBuffer<float> read_file(const std::filesystem::path& path) {
    AudioReader reader(path);
    AudioBuffer<float> audio(reader.info().channels, reader.info().frames);
    reader.read(audio.view());
    return audio;
}

/// Samples that differ, and a difference in length as all of them.
Frames differences(const AudioBuffer<float>& file, const StoredAudio<float>& kept) {
    if (file.frames() != kept.frames() || file.channels() != kept.channels()) return std::max<Frames>(file.frames(), 1);
    AudioBuffer<float> audio(kept.channels(), kept.frames());
    kept.read(0, audio.view());
    Frames count = 0;
    for (int c = 0; c < file.channels(); ++c)
        for (Frames n = 0; n < file.frames(); ++n) count += file.channel(c)[n] != audio.channel(c)[n];
    return count;
}

/// A desk of sources, and what one run of the workstation keeps over it.
struct Workplace {
    Workplace() { options.spill_folder = desk.path(); }
    Preview preview(const Album& album, const std::string& version = "main") {
        return {album, {"main", version}, options, memory, progress, cancel};
    }

    const Desk desk;
    PreviewMemory memory{desk.path()};
    RenderOptions options;
    RenderProgress progress;
    const Cancel cancel;
};

}  // namespace

TEST_CASE("preview: the samples and numbers are those of the file that a render writes", "[render]") {
    const std::string normalize = GENERATE("album", "track", "loudest", "off");
    const std::string delivery =
        GENERATE("[[deliver]]\nformat = \"wav\"\nbits = 24\n",
                 "[[deliver]]\nformat = \"flac\"\nbits = 16\nsample_rate = 48000\ndither = \"shaped\"\n",
                 "[[deliver]]\nformat = \"wav\"\nbits = \"float\"\ngaps = \"none\"\n");
    const std::string before = GENERATE("gap_s = 0.5\n", "segue = true\n");
    CAPTURE(normalize, delivery, before);
    Workplace work;
    const Album album = work.desk.album(album_text(normalize, delivery, before));
    const RenderResult rendered = render_album(album, work.options, work.progress, work.cancel);

    Preview preview = work.preview(album);
    for (const TrackResult& track : rendered.tracks) {
        preview.solve(track.id);
        const std::vector<KeptPreview> made = preview.render(track.id);
        const auto own =
            std::find_if(made.begin(), made.end(), [&](const KeptPreview& p) { return p->track == track.id; });
        REQUIRE(own != made.end());
        const DeliverableResult &written = track.deliverables.front(), &shown = (*own)->result;
        CHECK(differences(read_file(written.path), *(*own)->audio) == 0);
        CHECK(shown.measured.integrated_lufs == written.measured.integrated_lufs);
        CHECK(shown.measured.true_peak_dbtp == written.measured.true_peak_dbtp);
        CHECK(shown.measured.loudness_range_lu == written.measured.loudness_range_lu);
        CHECK(shown.measured.clipped_samples == written.measured.clipped_samples);
        CHECK(shown.gain_db == written.gain_db);
        CHECK(shown.ceiling_repair_db == written.ceiling_repair_db);
        CHECK(shown.limiter.max_reduction_db == written.limiter.max_reduction_db);
        REQUIRE((*own)->gains.size() == 2);
        const std::vector<float>& changes = (*own)->gains.front().history.bands.at(0);
        CHECK(std::abs(static_cast<double>(changes.size()) - 100 * (*own)->source_s) < 2);
        CHECK(*std::min_element(changes.begin(), changes.end()) < -1);
    }
}

TEST_CASE("preview: another version is the file that a render writes of it; a song without it is its main one",
          "[render]") {
    const std::string normalize = GENERATE("album", "track"), gain = GENERATE("main", "own");
    const std::string before = GENERATE("gap_s = 0.5\n", "segue = true\n");
    CAPTURE(normalize, gain, before);
    Workplace work;
    const Album album = work.desk.album(album_text(
        normalize, "[[deliver]]\nversions = [\"main\", \"instrumental\"]\nfile = \"{number} {version}\"\n",
        before + fmt::format("[[track.version]]\nname = \"instrumental\"\nsource = \"mono.wav\"\nstart = 0.25\n"
                             "gain = \"{}\"\nset.eq.bands.1.gain_db = 1\n",
                             gain)));
    const RenderResult rendered = render_album(album, work.options, work.progress, work.cancel);
    Preview preview = work.preview(album, "instrumental");
    for (const TrackResult& track : rendered.tracks) {
        preview.solve(track.id);
        const std::vector<KeptPreview> all = preview.render(track.id);
        REQUIRE(all.size() == 1);
        const KeptPreview& made = all.front();
        const DeliverableResult& written = track.deliverables.back();
        REQUIRE(written.version == (track.id == "b" ? "instrumental" : "main"));
        CHECK(made->track == track.id);
        CHECK(differences(read_file(written.path), *made->audio) == 0);
        CHECK(made->result.gain_db == written.gain_db);
        CHECK(made->result.measured.integrated_lufs == written.measured.integrated_lufs);
    }
}

TEST_CASE("preview: without a limiter the gain is the one that suits every delivery", "[render]") {
    const std::string normalize = GENERATE("album", "track");
    Workplace work;
    const Album album = work.desk.album(fmt::format(
        "[album]\nloudness_lufs = -3\ntrue_peak_dbtp = -1\nnormalize = \"{}\"\n[[track]]\nid = \"a\"\nsource = "
        "\"a.wav\"\n[[track]]\nid = \"b\"\nsource = \"b.wav\"\n[[deliver]]\nname = \"cd\"\ndir = \"cd\"\n"
        "[[deliver]]\nname = \"hi\"\ndir = \"hi\"\nsample_rate = 96000\n",
        normalize));
    const RenderResult rendered = render_album(album, work.options, work.progress, work.cancel);
    Preview preview = work.preview(album);
    for (const TrackResult& track : rendered.tracks) {
        preview.solve(track.id);
        const KeptPreview shown = preview.render(track.id).front();
        CHECK(shown->result.gain_db == track.deliverables.front().gain_db);
        CHECK(differences(read_file(track.deliverables.front().path), *shown->audio) == 0);
    }
}

TEST_CASE("preview: an edit that is taken back gives the same audio object again, not another render", "[render]") {
    Workplace work;
    const std::string text = album_text("track", "");
    const auto render = [&](const std::string& of) {
        Preview preview = work.preview(work.desk.album(of));
        preview.solve("a");
        return preview.render("a").front();
    };
    const KeptPreview first = render(text);
    std::string changed = text;
    changed.replace(changed.find("hz = 300"), 8, "hz = 400");
    const KeptPreview other = render(changed);
    CHECK(other != first);
    CHECK(render(text) == first);
}

TEST_CASE("preview: a source that is replaced on the disk is heard", "[render]") {
    Workplace work;
    const Album album = work.desk.album("[[track]]\nid = \"a\"\nsource = \"a.wav\"\n");
    const auto render = [&] { return work.preview(album).render("a").front(); };
    const KeptPreview before = render();
    std::filesystem::copy_file(work.desk.path() / "mono.wav", work.desk.path() / "a.wav",
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(before->audio->channels() == 2);
    CHECK(render()->audio->channels() == 1);
}

TEST_CASE("preview: an assumed gain is taken until the solve has found the album's", "[render]") {
    Workplace work;
    const Album album = work.desk.album(album_text("album", ""));
    Preview preview = work.preview(album);
    REQUIRE(preview.gain_is_shared());
    preview.assume_gain(1.5);
    CHECK(preview.render("b").front()->result.gain_db == 3.5);
    const double solved = preview.solve("b");
    CHECK(preview.render("b").front()->result.gain_db == on_gain_grid(solved + 2));
}

TEST_CASE("preview: a track that goes by its number is known again under its new one", "[render]") {
    Workplace work;
    const std::string a = "[[track]]\nsource = \"a.wav\"\n", b = "[[track]]\nsource = \"b.wav\"\n";
    const KeptPreview before = work.preview(work.desk.album(a + b)).render("2").front();
    const KeptPreview moved = work.preview(work.desk.album(b + a)).render("1").front();
    CHECK(before->track == "2");
    CHECK(moved->track == "1");
    CHECK(moved->audio == before->audio);
}

TEST_CASE("preview: of earlier states what is held stays, and of the rest no more than the limit", "[render]") {
    const Desk desk;
    PreviewLimits limits;
    limits.old_gain_points = limits.old_previews = 0;
    PreviewMemory memory(desk.path(), limits);
    const auto render = [&](const char* hz) {
        std::string text = album_text("track", "");
        text.replace(text.find("300"), 3, hz);
        RenderOptions options;
        RenderProgress progress;
        const Cancel cancel;
        Preview preview(desk.album(text), {}, options, memory, progress, cancel);
        preview.solve("a");
        return preview.render("a").front();
    };
    const KeptPreview held = render("300");
    const KeptAudio its_audio = held->audio;
    const std::weak_ptr<const TrackPreview> dropped = render("400");
    const Frames left = memory.budget->bytes_left();
    CHECK(!dropped.expired());  // it was the last to come
    CHECK(render("500"));
    CHECK(dropped.expired());
    CHECK(memory.budget->bytes_left() == left);  // neither its audio nor that at its gain point
    CHECK(render("300") == held);
}
