// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/session/support.h"

namespace lathe::test {
namespace {

struct Wrong {
    std::string text, message;
};

void check(const std::vector<Wrong>& cases) {
    for (const Wrong& each : cases) {
        CAPTURE(each.text);
        CHECK(album_error(each.text) == each.message);
    }
}

const std::string track = "[[track]]\nsource = \"a.wav\"\n";

}  // namespace

TEST_CASE("album errors: an unknown key, type or word names its line and the nearest known name", "[session]") {
    check({
        {"lathe = 1\n[albun]\n", "album.toml:2: unknown key \"albun\"; did you mean \"album\"?"},
        {"[album]\ntitle = \"x\"\nloudnes_lufs = -14\n",
         "album.toml:3: [album]: unknown key \"loudnes_lufs\"; did you mean \"loudness_lufs\"?"},
        {"[[chain]]\ntype = \"compresor\"\n",
         "album.toml:2: [[chain]] 1: unknown type \"compresor\"; did you mean \"compressor\"?"},
        {"[[chain]]\ntype = \"exciter\"\n",
         "album.toml:2: [[chain]] 1: unknown type \"exciter\" (known: gain, eq, multiband, compressor, reverb, stereo, "
         "clipper, "
         "limiter, gain_point, track)"},
        {"[[chain]]\ntype = \"eq\"\nbands = [ { frequency = 100 } ]\n",
         "album.toml:3: [[chain]] eq, bands[1]: unknown key \"frequency\" (known: name, type, hz, gain_db, q, "
         "slope_db_oct, channel, "
         "bypass)"},
        {"[[chain]]\ntype = \"compressor\"\ntreshold_db = -20\n",
         "album.toml:3: [[chain]] compressor: unknown key \"treshold_db\"; did you mean \"threshold_db\"?"},
        {"[[chain]]\ntype = \"eq\"\nphase = \"linar\"\n",
         "album.toml:3: [[chain]] eq: phase cannot be \"linar\"; did you mean \"linear\"? (linear, minimum, mixed)"},
        {"[[chain]]\ntype = \"eq\"\nbands = [ { hz = 100 },\n  { name = \"mud\", gain = 1 } ]\n",
         "album.toml:4: [[chain]] eq, bands[2] (mud): unknown key \"gain\"; did you mean \"gain_db\"?"},
        {track + "titel = \"x\"\n", "album.toml:3: [[track]] 1: unknown key \"titel\"; did you mean \"title\"?"},
        {"[[deliver]]\nname = \"cd\"\nformat = \"wave\"\n",
         "album.toml:3: [[deliver]] cd: format cannot be \"wave\"; did you mean \"wav\"? (wav, aiff, flac, mp3, "
         "vorbis, "
         "opus)"},
        {"[[master]]\nname = \"vinyl\"\nskp = []\n",
         "album.toml:3: [[master]] vinyl: unknown key \"skp\"; did you mean \"skip\"?"},
    });
}

TEST_CASE("album errors: a value out of range or of the wrong kind says what it must be", "[session]") {
    check({
        {"[[chain]]\ntype = \"eq\"\nbands = [ { hz = 100 },\n  { name = \"mud\", gain_db = 99 } ]\n",
         "album.toml:4: [[chain]] eq, bands[2] (mud): gain_db must be -48 to 48 dB, not 99"},
        {"[[chain]]\ntype = \"gain\"\ngain_db = \"-3 dB\"\n",
         "album.toml:3: [[chain]] gain: gain_db must be a number without quotes or unit: -3, not \"-3 dB\""},
        {"[[chain]]\ntype = \"gain\"\ngain_db = nan\n",
         "album.toml:3: [[chain]] gain: gain_db must be a number, not nan"},
        {"[[chain]]\ntype = \"gain\"\ngain_db = -inf\n",
         "album.toml:3: [[chain]] gain: gain_db must be -96 to 48 dB, not -inf"},
        {"[[chain]]\ntype = \"reverb\"\npreset = \"hall\"\nwet_db = inf\n",
         "album.toml:4: [[chain]] reverb: wet_db must be at most 24 dB, not inf"},
        {"[[chain]]\ntype = \"gain\"\nbypass = 1\n", "album.toml:3: [[chain]] gain: bypass must be true or false"},
        {"[[chain]]\ntype = \"clipper\"\noversample = 1.5\n",
         "album.toml:3: [[chain]] clipper: oversample must be a whole number"},
        {"[[chain]]\ntype = \"multiband\"\ncrossovers_hz = [5, 100]\nbands = [{}, {}, {}]\n",
         "album.toml:3: [[chain]] multiband: crossovers_hz must be 10 to 96000 Hz, not 5"},
        {"[[chain]]\ntype = \"eq\"\nbands = 3\n",
         "album.toml:3: [[chain]] eq: bands must be a list of tables, as [ { … } ]"},
        {"[album]\ntitle = 2024\n", "album.toml:2: [album]: title must be text, in quotes"},
        {"[album]\nnormalize = \"peak\"\n",
         "album.toml:2: [album]: normalize cannot be \"peak\" (off, album, track, loudest)"},
        {track + "start = \"1:5\"\n",
         "album.toml:3: [[track]] 1: start must be a time: seconds (1.5), \"m:ss.fff\", \"h:mm:ss.fff\" or samples "
         "(\"441000s\")"},
        {"[[deliver]]\nbits = 20\n", "album.toml:2: [[deliver]] 1: bits must be 16, 24, 32 or \"float\", not 20"},
        {"album = 3\n", "album.toml:1: album must be a table, under [album]"},
        {"[chain]\ntype = \"eq\"\n", "album.toml:1: chain must be a list of tables, each under [[chain]]"},
    });
}

TEST_CASE("album errors: settings that do not go together say so", "[session]") {
    const std::string multiband = "[[chain]]\ntype = \"multiband\"\n";
    const std::string reverb = "[[chain]]\ntype = \"reverb\"\n";
    check({
        {multiband + "crossovers_hz = [100, 1000]\nbands = [ {}, {} ]\n",
         "album.toml:4: [[chain]] multiband: 2 crossovers make 3 bands, not 2"},
        {multiband + "crossovers_hz = [1000, 100]\nbands = [ {}, {}, {} ]\n",
         "album.toml:3: [[chain]] multiband: crossovers_hz must ascend: 100 follows 1000"},
        {multiband + "bands = [ {}, {} ]\n",
         "album.toml:1: [[chain]] multiband: needs crossovers_hz, as [120, 1000, 6000]"},
        {reverb, "album.toml:1: [[chain]] reverb: needs ir = \"FILE\" or preset = \"hall\""},
        {reverb + "ir = \"a.wav\"\npreset = \"hall\"\n",
         "album.toml:4: [[chain]] reverb: takes ir or preset, not both"},
        {"[[chain]]\ntype = \"clipper\"\noversample = 6\n",
         "album.toml:3: [[chain]] clipper: oversample must be 1, 2, 4, 8, 16 or 32, not 6"},
        {"[[chain]]\ntype = \"eq\"\nbands = [ { name = \"a\" },\n { name = \"a\" } ]\n",
         "album.toml:4: [[chain]] eq: bands[2]: band 1 is named \"a\" too"},
        {"[[chain]]\ntype = \"eq\"\nbands = [ { slope_db_oct = 20 } ]\n",
         "album.toml:3: [[chain]] eq: bands[1]: slope_db_oct goes in steps of 6, not 20"},
        {track + "start = 20\nend = \"0:10\"\n", "album.toml:4: [[track]] 1: end (10) must lie behind start (20)"},
        {track + "start = 20\n[[track.version]]\nname = \"edit\"\nend = 10\n",
         "album.toml:6: [[track]] 1, [[track.version]] edit: end (10) must lie behind start (20)"},
    });
}

TEST_CASE("album errors: ids and names are there, usable and unique", "[session]") {
    check({
        {"[[chain]]\nid = \"x\"\n", "album.toml:1: [[chain]] 1: needs a type, as type = \"eq\""},
        {"[[chain]]\ntype = \"eq\"\nid = \"a.b\"\n",
         "album.toml:3: [[chain]] 1: id \"a.b\" must not contain \".\", \",\" or \"=\""},
        {"[[chain]]\ntype = \"eq\"\nid = \"\"\n", "album.toml:3: [[chain]] 1: id must not be empty"},
        {"[[chain]]\ntype = \"eq\"\nid = \"a\"\n[[chain]]\ntype = \"gain\"\nid = \"a\"\n",
         "album.toml:6: [[chain]] 2: two processors have the id \"a\""},
        {"[[chain]]\ntype = \"gain_point\"\n[[chain]]\ntype = \"gain_point\"\n",
         "album.toml:3: [[chain]] gain_point: may stand in the chain once"},
        {track + "[[track.chain]]\ntype = \"track\"\n",
         "album.toml:4: [[track]] 1, [[track.chain]] 1: \"track\" has its place in the album's [[chain]] alone"},
        {track + "id = \"2\"\n" + track, "album.toml:4: [[track]] 2: track 1 has the id \"2\" already"},
        {"[[track]]\ntitle = \"x\"\n", "album.toml:1: [[track]] 1: needs a source, as source = \"one.wav\""},
        {track + "[[track.version]]\nsource = \"b.wav\"\n",
         "album.toml:3: [[track]] 1, [[track.version]] 1: needs a name, as name = \"instrumental\""},
        {track + "[[track.version]]\nname = \"main\"\n",
         "album.toml:4: [[track]] 1, [[track.version]] main: \"main\" is the track itself"},
        {"[[master]]\nname = \"main\"\n",
         "album.toml:2: [[master]] main: \"main\" is the master that [album] describes"},
        {"[[master]]\nname = \"a\"\n[[master]]\nname = \"a\"\n",
         "album.toml:4: [[master]] a: two masters are named \"a\""},
        {"[[master]]\nloudness_lufs = -9\n", "album.toml:1: [[master]] 1: needs a name, as name = \"vinyl\""},
        {"[[deliver]]\ndir = \"x\"\n[[deliver]]\ndir = \"x\"\n",
         "album.toml:3: [[deliver]] x: two deliverables are named \"x\"; give one another name = \"…\""},
    });
}

TEST_CASE("album errors: what one part says of another must be there", "[session]") {
    const std::string chain = "[[chain]]\ntype = \"limiter\"\n";
    check({
        {chain + "[[master]]\nname = \"a\"\nskip = [\"limter\"]\n",
         "album.toml:5: [[master]] a: unknown processor \"limter\"; did you mean \"limiter\"?"},
        {"[[master]]\nname = \"vinyl\"\n[[deliver]]\nmaster = \"vynil\"\n",
         "album.toml:4: [[deliver]] 1: unknown master \"vynil\"; did you mean \"vinyl\"?"},
        {track + "[[track.version]]\nname = \"instrumental\"\n[[deliver]]\nversions = [\"main\", \"instrumentl\"]\n",
         "album.toml:6: [[deliver]] 1: unknown version \"instrumentl\"; did you mean \"instrumental\"?"},
        {track + "id = \"intro\"\n[[deliver]]\ntracks = [\"inro\"]\n",
         "album.toml:5: [[deliver]] 1: unknown track \"inro\"; did you mean \"intro\"?"},
        {chain + track + "[track.set]\nlimitr.drive_db = 3\n",
         "album.toml:6: [[track]] 1, [track.set]: unknown processor \"limitr\"; did you mean \"limiter\"?"},
        {chain + track + "[track.set]\nlimiter.drive = 3\n",
         "album.toml:6: [[track]] 1, [track.set]: limiter.drive: unknown key \"drive\"; did you mean \"drive_db\"?"},
        {chain + track + "[track.set]\nlimiter.drive_db = 99\n",
         "album.toml:6: [[track]] 1, [track.set]: limiter.drive_db: must be -24 to 36 dB, not 99"},
        {chain + track + "[track.set]\nlimiter = 99\n",
         "album.toml:6: [[track]] 1, [track.set]: limiter: needs a key of the limiter"},
        {chain + "[[master]]\nname = \"a\"\n[master.set]\nlimiter.style = \"soft\"\n",
         "album.toml:6: [[master]] a, [master.set]: limiter.style: cannot be \"soft\" (clean, punchy, dense)"},
    });
}

TEST_CASE("album errors: an override's path into bands is checked like the rest", "[session]") {
    const std::string head =
        "[[chain]]\ntype = \"eq\"\nbands = [ { name = \"mud\" } ]\n[[chain]]\ntype = \"multiband\"\ncrossovers_hz = "
        "[100]\nbands = [{}, {}]\n" +
        track + "[track.set]\n";
    const std::string where = "album.toml:11: [[track]] 1, [track.set]: ";
    check({
        {head + "eq.bands.mdu.q = 2\n",
         where + "eq.bands.mdu.q: nothing in bands is called \"mdu\"; did you mean \"mud\"?"},
        {head + "eq.bands.3.q = 2\n",
         where + "eq.bands.3.q: nothing in bands is called \"3\" (numbers 1 to 1, or mud)"},
        {head + "eq.bands.mud = 2\n", where + "eq.bands.mud: bands.mud needs a key: bands.mud.KEY"},
        {head + "eq.bands = []\n", where + "eq.bands: is set key by key, as eq.bands.1.gain_db = 0"},
        {head + "eq.phase.x = 1\n", where + "eq.phase.x: phase holds a value, not x"},
        {head + "multiband.bands.1.ratio = 0.5\n", where + "multiband.bands.1.ratio: must be 1 to 1000, not 0.5"},
        {head + "multiband.crossovers_hz = [100, 200]\n",
         "album.toml:11: multiband as set for track 1, master main: 2 crossovers make 3 bands, not 2"},
    });
}

TEST_CASE("album errors: references and notes", "[session]") {
    const std::string reference = "[[reference]]\nsource = \"r.wav\"\n";
    check({
        {"[[reference]]\ntitle = \"a\"\n", "album.toml:1: [[reference]] 1: needs a source, as source = \"theirs.wav\""},
        {reference + "trim = 1\n", "album.toml:3: [[reference]] 1: unknown key \"trim\"; did you mean \"trim_db\"?"},
        {reference + "start = 9\nend = 8\n", "album.toml:4: [[reference]] 1: end (8) must lie behind start (9)"},
        {track + "[[track.note]]\ntxt = \"a\"\n",
         "album.toml:4: [[track]] 1, [[track.note]] 1: unknown key \"txt\"; did you mean \"text\"?"},
        {track + "[[track.note]]\n[[track.note]]\ndone = 1\n",
         "album.toml:5: [[track]] 1, [[track.note]] 2: done must be true or false"},
        {"[reference]\nsource = \"r.wav\"\n",
         "album.toml:1: reference must be a list of tables, each under [[reference]]"},
    });
}

TEST_CASE("album errors: what the format reserves is not available in this version", "[session]") {
    check({
        {track + "[[track.ride]]\npoints = []\n", "album.toml:3: [[track]] 1: ride is not available in this version"},
        {track + "[[track.stem]]\n", "album.toml:3: [[track]] 1: stem is not available in this version"},
        {"[[track]]\nmix = \"a.mix.toml\"\n", "album.toml:2: [[track]] 1: mix is not available in this version"},
        {track + "[[track.chain]]\ntype = \"gain\"\nfrom = 3\n",
         "album.toml:5: [[track]] 1, [[track.chain]] gain: from is not available in this version"},
        {"[[chain]]\ntype = \"saturation\"\n",
         "album.toml:2: [[chain]] 1: type = \"saturation\" is not available in this version"},
        {"[[chain]]\ntype = \"external\"\n",
         "album.toml:2: [[chain]] 1: type = \"external\" is not available in this version"},
        {"[[chain]]\ntype = \"eq\"\nbands = [ {}, {},\n {}, { threshold_db = -20 } ]\n",
         "album.toml:4: [[chain]] eq, bands[4]: threshold_db is not available in this version"},
        {"[[deliver]]\nformat = \"ddp\"\n",
         "album.toml:2: [[deliver]] 1: format = \"ddp\" is not available in this version"},
        {"[[deliver]]\nformat = \"cue\"\n",
         "album.toml:2: [[deliver]] 1: format = \"cue\" is not available in this version"},
        {"[[deliver]]\nlayout = \"sides\"\n",
         "album.toml:2: [[deliver]] 1: layout = \"sides\" is not available in this version"},
        {"[[deliver]]\nceiling = \"codec\"\n", "album.toml:2: [[deliver]] 1: ceiling is not available in this version"},
    });
}

TEST_CASE("album errors: a newer format version and text that is not TOML are refused with their line", "[session]") {
    check({
        {"lathe = 2\n",
         "album.toml:1: this album has format version 2; this program reads version 1, so use a newer one"},
        {"lathe = \"1\"\n", "album.toml:1: lathe must be the format's version, as lathe = 1"},
    });
    CHECK(album_error("[album]\ntitle = \"a\"\ntitle = \"b\"\n").starts_with("album.toml:3: "));
    CHECK(album_error("[album]\ntitle = \n").starts_with("album.toml:2: "));
    CHECK(album_error("[album]\nstart = 0:00.350\n").starts_with("album.toml:2: "));
    CHECK(album_error("[album]\ntitle = \"\xff\"\n").starts_with("album.toml:2: "));
    for (const char* text : {"[album\n", "title", "a = [1,", "a = \"x\n", "\x01"}) {
        const std::string error = album_error(text);
        CAPTURE(text, error);
        CHECK(error.starts_with("album.toml:1: "));
        CHECK(error.find('\n') == std::string::npos);
    }
}

}  // namespace lathe::test
