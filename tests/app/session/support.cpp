// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/session/support.h"

#include <algorithm>

namespace lathe::test {

const std::string example_album = R"toml(lathe = 1                      # format version; missing means 1
[album]
title = "Demo"                 # also: artist, album_artist, upc, catalog, date, genre, label, copyright, comment, disc, revision, notes, isrc_prefix
loudness_lufs = -14.0          # target; leave out for none
true_peak_dbtp = -1.0          # ceiling of every deliverable, as delivered; leave out for none
normalize = "album"            # album | track | loudest | off; default album where a loudness is given, else off
                               #   album: one gain for all, tracks keep their balance; loudest: the loudest track (integrated) meets the target,
                               #   the others keep their distance; off: no gain but those written here is ever applied
gain_db = 0                    # added to every track at the gain point

[[chain]]                      # the mastering chain of the album, in this order; any order, any count
type = "gain"                  # gain_db
[[chain]]
id = "eq"                      # unique in its chain; default: the type, then "eq-2", "eq-3"
type = "eq"
phase = "linear"               # linear | minimum | mixed (pre_ring_db)
bands = [ { type = "high_pass",  hz = 24, slope_db_oct = 24 },
          { name = "mud", type = "bell", hz = 240, gain_db = -1.5, q = 1.2 },
          { type = "high_shelf", hz = 9000, gain_db = 1.0, q = 0.7 } ]
                               # also low_pass, low_shelf, tilt, notch, band_pass; a band may say channel = "mid" | "side" | "left" | "right", bypass;
                               # with threshold_db (range_db, ratio, attack_ms, release_ms) a bell or shelf is dynamic
[[chain]]
type = "multiband"
crossovers_hz = [120, 1000, 6000]      # slope_db_oct = 48
bands = [ { threshold_db = -26, ratio = 2.0, knee_db = 6, attack_ms = 30, release_ms = 200, makeup_db = 0 },
          { threshold_db = -26, ratio = 2.0 }, { threshold_db = -28, ratio = 1.8 }, { threshold_db = -30, ratio = 1.6 } ]
                               # a band also: mode = "down" | "up", range_db, detector = "peak" | "rms", link (0…1), sidechain_hp_hz, lookahead_ms, mix, solo, bypass
[[chain]]
type = "compressor"            # the same keys as one band, at the top level
[[chain]]
type = "reverb"
ir = "hall.wav"                # a mono, stereo or 4-channel (true stereo) impulse response, any rate; or preset = "hall"
wet_db = -28                   # also dry_db, predelay_ms, low_cut_hz, high_cut_hz, decay_scale, ir_normalize
[[chain]]
type = "stereo"
width = 1.1                    # side gain; also mono_below_hz, balance, mid_db, side_db
[[chain]]
type = "clipper"               # threshold_db (below the ceiling), knee_db, oversample
[[chain]]
type = "limiter"               # the last one takes its ceiling from the master; drive_db, lookahead_ms, attack_ms, release_ms = 120 | "auto", link (0…1),
                               # style = "clean" | "punchy" | "dense"; ceiling_dbtp for one that is not the last
# Every processor also takes bypass, mix (in + mix·(processed − in)), channel = "stereo" | "mid" | "side" | "left" | "right", note.
# type = "gain_point": where solved and typed gains go, at most one; default before the clippers and limiters that end the chain, else the end.
# type = "track": where a track's own processors run; default first. Reserved types: saturation, deesser, transient, match, matrix, external.

[[track]]
id = "one"                     # default: its position
title = "One"                  # also artist, isrc, composer, comment, disc, side
source = "one.wav"             # or mix = "one.mix.toml", or stems inline: [[track.stem]]
input_db = 0                   # before all processing: what the chain is driven with
gain_db = 0                    # at the gain point, in every mode
start = "0:00.350"             # trim; also end, fade_in_ms, fade_out_ms, fade_in_shape/fade_out_shape = linear | cosine | exponential | equal_power
gap_s = 2.0                    # silence between the track before and this one; negative: an overlap
segue = false                  # joined to the track before: one programme (below)
[[track.chain]]                # this track's own processors; they may also take from, to, fade_ms: a passage
type = "gain"
gain_db = 1
[track.set]                    # the album chain's settings changed for this track, by id; EQ bands by name or number
multiband.bypass = true
eq.bands.mud.gain_db = -3.0
[[track.version]]              # instrumental, clean, edit: same settings and the main version's solved gain (gain = "own" otherwise); never counted in album loudness
name = "instrumental"          # source, title, isrc, start, end, [track.version.set]
[[master]]                     # further masters beside "main" (the [album] keys): own loudness_lufs, true_peak_dbtp, normalize, gain_db
name = "vinyl"
skip = ["clipper", "limiter"]  # processors left out, by id; [master.set] as [track.set], and stronger than it

[[deliver]]
name = "hires"                 # default: its dir or format
master = "main"
format = "wav"                 # wav | aiff | flac | mp3 | vorbis | opus | ddp | cue
bits = 24                      # 16 | 24 | 32 | "float"; sample_rate = 48000; kbps = 320; dither = "tpdf" | "shaped" | "off"
dir = "wav24"
file = "{number:02} {title}"   # also album artist version disc side isrc upc catalog revision master rate bits date; unsafe characters become _
layout = "tracks"              # tracks | album (one file) | sides; gaps = "end" (of the file before) | "start" | "none"
versions = ["main"]            # also tracks = [ids]; metadata = "full" | "basic" | "none"; ceiling = "codec" (lossy)
)toml";

std::vector<std::string> new_lines(const std::string& before, const std::string& after) {
    const auto lines = [](const std::string& text) {
        std::vector<std::string> all(1);
        for (const char c : text) c == '\n' ? all.push_back("") : all.back().push_back(c);
        return all;
    };
    const std::vector<std::string> old = lines(before), now = lines(after);
    std::size_t front = 0, back = 0;
    const std::size_t shorter = std::min(old.size(), now.size());
    while (front < shorter && now[front] == old[front]) ++front;
    while (back < shorter - front && now[now.size() - 1 - back] == old[old.size() - 1 - back]) ++back;
    std::vector<std::string> between;
    for (std::size_t i = front; i < now.size() - back; ++i) between.push_back(std::to_string(i + 1) + ": " + now[i]);
    return between;
}

}  // namespace lathe::test
