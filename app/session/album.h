// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dsp/core/time_point.h"
#include "dsp/engine/processors.h"
#include "dsp/output/dither.h"
#include "dsp/output/fade.h"

/// The album as data: what the file says, with every default resolved. Meaning of each key: the album file's format.
namespace lathe {

enum class Normalize { off, album, track, loudest };
inline constexpr std::array<std::string_view, 4> normalize_words{"off", "album", "track", "loudest"};
enum class MonoLoudness { single, dual };
inline constexpr std::array<std::string_view, 2> mono_words{"single", "dual"};

struct AlbumInfo {
    std::string title, artist, album_artist, upc, catalog, date, genre, label, copyright, comment, revision, notes,
        isrc_prefix;
    int disc = 0;
    MonoLoudness mono = MonoLoudness::single;
    int seed = 0;  ///< of the dither; another one gives other noise

    static Fields fields();
};

/// A value that a [track.set], [track.version.set] or [master.set] puts in the place of the album chain's.
struct Override {
    std::string path;  ///< "eq.bands.mud.gain_db"
    Value value;
    int line = 0;  ///< in the album file; 0: from elsewhere
};

struct MasterTarget {
    std::optional<double> loudness_lufs;
    std::optional<double> true_peak_dbtp;
    Normalize normalize = Normalize::off;  ///< resolved: album where a loudness is given and nothing else said
    double gain_db = 0;

    static Fields fields();
};

struct Master {
    std::string name = "main";
    MasterTarget target;
    std::vector<std::string> skip;  ///< ids of the album chain's processors left out
    std::vector<Override> overrides;
    int line = 0;

    static Fields fields();  ///< name and skip
};

/// One entry of the album's chain: a processor, or one of the two places that a chain may mark.
struct ChainSlot {
    enum class Kind { processor, gain_point, track };
    Kind kind = Kind::processor;
    ChainEntry entry;
    int line = 0;
};

/// What a chain's markers are called in the file.
inline constexpr std::string_view gain_point_type = "gain_point";
inline constexpr std::string_view track_type = "track";

struct TrackInfo {
    /// title defaults to the source's name without its leading number, artist to the album's.
    std::string title, artist, isrc, composer, comment, side;
    int disc = 0;
    std::string source;
    double input_db = 0;
    double gain_db = 0;
    TimePoint start;
    std::optional<TimePoint> end;
    double fade_in_ms = 0, fade_out_ms = 0;
    FadeShape fade_in_shape = FadeShape::linear, fade_out_shape = FadeShape::linear;
    double gap_s = 0;
    bool segue = false;

    static Fields fields();
};

enum class VersionGain { main, own };
inline constexpr std::array<std::string_view, 2> version_gains{"main", "own"};

struct VersionInfo {
    /// source defaults to the track's, title to "TITLE (NAME)".
    std::string name, source, title, isrc;
    std::optional<TimePoint> start, end;   ///< default: the track's
    VersionGain gain = VersionGain::main;  ///< own: solved by itself; main: it takes the main version's

    static Fields fields();
};
struct Version {
    VersionInfo info;
    std::filesystem::path source;  ///< absolute
    std::vector<Override> overrides;
    int line = 0;
};

/// What somebody remarked at a place of a track. Nothing that is heard follows from it.
struct Note {
    TimePoint at;
    std::string text;
    std::string from;  ///< who says so
    bool done = false;

    static Fields fields();
};

struct Track {
    std::string id;
    int number = 1;  ///< position, from 1
    TrackInfo info;
    std::filesystem::path source;  ///< absolute
    std::vector<ChainSlot> chain;  ///< this track's own processors
    std::vector<Override> overrides;
    std::vector<Version> versions;  ///< beside the main one
    std::vector<Note> notes;
    int line = 0;

    static Fields fields();  ///< id alone; the rest is TrackInfo's
};

enum class DeliverFormat { wav, aiff, flac, mp3, vorbis, opus };
inline constexpr std::array<std::string_view, 6> deliver_formats{"wav", "aiff", "flac", "mp3", "vorbis", "opus"};
enum class Layout { tracks, album };
inline constexpr std::array<std::string_view, 2> layout_words{"tracks", "album"};
enum class Gaps { end, start, none };
inline constexpr std::array<std::string_view, 3> gaps_words{"end", "start", "none"};
enum class MetadataLevel { full, basic, none };
inline constexpr std::array<std::string_view, 3> metadata_words{"full", "basic", "none"};

struct DeliverSettings {
    std::string master = "main";
    DeliverFormat format = DeliverFormat::wav;
    NumberOrWord bits{24, {}};  ///< 16, 24, 32 or "float"; without meaning for mp3, vorbis, opus
    std::optional<int> sample_rate;
    std::optional<int> kbps;
    DitherKind dither = DitherKind::tpdf;
    std::string dir;
    std::string file = "{number:02} {title}";
    Layout layout = Layout::tracks;
    Gaps gaps = Gaps::end;
    std::vector<std::string> versions{"main"};
    std::vector<std::string> tracks;  ///< ids; empty: all
    MetadataLevel metadata = MetadataLevel::full;

    static Fields fields();
};

struct Delivery {
    std::string name;  ///< default: its dir, or its format
    DeliverSettings settings;
    int line = 0;  ///< 0: the one that an album without any has

    static Fields fields();  ///< name alone; the rest is DeliverSettings'
};

struct ReferenceInfo {
    std::string source;
    std::string title;  ///< default: the source's name without its leading number
    TimePoint start;
    std::optional<TimePoint> end;
    double trim_db = 0;

    static Fields fields();
};
/// Other music to compare the album with. Nothing that is delivered follows from it, nor need its file be there.
struct Reference {
    ReferenceInfo info;
    std::filesystem::path source;  ///< absolute
    int line = 0;
};

struct Album {
    std::filesystem::path path;  ///< absolute
    AlbumInfo info;
    std::vector<ChainSlot> chain;
    std::vector<Track> tracks;
    std::vector<Reference> references;
    std::vector<Master> masters;  ///< "main" first
    std::vector<Delivery> deliveries;
    std::string text;  ///< the file as it was read

    std::filesystem::path folder() const { return path.parent_path(); }
    const Master& main() const { return masters.front(); }
};

/// A path that the album writes (an impulse response), absolute: relative ones lie beside the album file.
std::filesystem::path resolved_path(const Album& album, const std::string& path);

/// The processors that one track's main or other version goes through for one master, in order, without what is
/// bypassed or skipped, with every override applied (version over master over track), cut at the gain point.
struct ResolvedChain {
    Chain before_gain_point, after_gain_point;
};
ResolvedChain resolve_chain(const Album& album, const Track& track, const Version* version, const Master& master);

}  // namespace lathe
