// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/delivery_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/render/file_names.h"
#include "app/render/key.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

constexpr int opus_rate = 48000;

std::string extension_of(DeliverFormat format) {
    constexpr std::array<const char*, 6> extensions{".wav", ".aiff", ".flac", ".mp3", ".ogg", ".opus"};
    return extensions[static_cast<std::size_t>(format)];
}

bool is_lossy(DeliverFormat format) {
    return format == DeliverFormat::mp3 || format == DeliverFormat::vorbis || format == DeliverFormat::opus;
}

SampleFormat sample_format_of(const DeliverSettings& settings) {
    if (is_lossy(settings.format)) return SampleFormat::lossy;
    if (!settings.bits.word.empty()) return SampleFormat::float32;
    return settings.bits.number == 16   ? SampleFormat::pcm16
           : settings.bits.number == 24 ? SampleFormat::pcm24
                                        : SampleFormat::pcm32;
}

std::string bits_text(SampleFormat format) {
    if (format == SampleFormat::lossy) return "";
    return format == SampleFormat::float32 ? "float" : std::to_string(bits_of(format));
}

class Planner {
public:
    Planner(const Album& album, const SourceLibrary& library, const std::vector<Programme>& main,
            const std::vector<Programme>& versions, const Selection& selection, const std::filesystem::path& out_folder,
            const ShapeOf& shape)
        : album_(album),
          library_(library),
          main_(main),
          versions_(versions),
          out_folder_(out_folder),
          shape_(shape),
          selected_(selected_track_ids(album, selection.tracks)),
          deliveries_(selection.deliveries) {}

    DeliveryPlan plan() {
        check_delivery_names();
        for (const Delivery& delivery : album_.deliveries) {
            if (!deliveries_.empty() &&
                std::find(deliveries_.begin(), deliveries_.end(), delivery.name) == deliveries_.end())
                continue;
            add(delivery);
        }
        check_collisions();
        return std::move(plan_);
    }

private:
    [[noreturn]] void fail(const Delivery& delivery, const std::string& why) const {
        throw InputError(
            fmt::format("{}:{}: [[deliver]] {}: {}", album_.path.string(), delivery.line, delivery.name, why));
    }

    void check_delivery_names() const {
        std::vector<std::string_view> known;
        for (const Delivery& delivery : album_.deliveries) known.push_back(delivery.name);
        for (const std::string& name : deliveries_) {
            if (std::find(known.begin(), known.end(), name) != known.end()) continue;
            const std::string near = nearest_name(name, known);
            throw InputError(fmt::format("--deliver: no delivery \"{}\"{} ({})", name,
                                         near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near),
                                         fmt::join(known, ", ")));
        }
    }

    const Master& master_of(const Delivery& delivery) const {
        for (const Master& master : album_.masters)
            if (master.name == delivery.settings.master) return master;
        fail(delivery, fmt::format("no master \"{}\"", delivery.settings.master));
    }

    bool wants(const Delivery& delivery, const Track& track) const {
        const auto has = [&](const std::vector<std::string>& ids) {
            return ids.empty() || std::find(ids.begin(), ids.end(), track.id) != ids.end();
        };
        return has(selected_) && has(delivery.settings.tracks);
    }

    void add(const Delivery& delivery) {
        const Master& master = master_of(delivery);
        for (const std::string& version : delivery.settings.versions) {
            if (delivery.settings.layout == Layout::album)
                add_album(delivery, master, version);
            else if (version == main_version)
                add_main_tracks(delivery, master);
            else
                add_version_tracks(delivery, master, version);
        }
    }

    int rate_of(const Delivery& delivery, const Reel& reel, const std::vector<Programme>& programmes) const {
        const DeliverSettings& settings = delivery.settings;
        if (settings.format == DeliverFormat::opus) {
            if (settings.sample_rate.value_or(opus_rate) != opus_rate)
                fail(delivery, fmt::format("opus is delivered at {} Hz; leave sample_rate out", opus_rate));
            return opus_rate;
        }
        if (settings.sample_rate) return *settings.sample_rate;
        int highest = 0;
        if (settings.layout == Layout::album)
            for (const Programme& programme : main_) highest = std::max(highest, programme.rate);
        for (const std::size_t i : reel) highest = std::max(highest, programmes[i].rate);
        return highest;
    }

    PlannedStream stream_of(const Delivery& delivery, const Master& master, const std::string& version,
                            const Reel& reel) const {
        const bool is_main = version == main_version;
        const std::vector<Programme>& programmes = is_main ? main_ : versions_;
        PlannedStream stream;
        stream.delivery = &delivery;
        stream.master = &master;
        stream.version = version;
        WriteFormat& write = stream.format.write;
        write.container = static_cast<Container>(delivery.settings.format);
        write.format = sample_format_of(delivery.settings);
        write.sample_rate = rate_of(delivery, reel, programmes);
        write.kbps = delivery.settings.kbps.value_or(0);
        for (const std::size_t i : reel) write.channels = std::max(write.channels, shape_(i, is_main, master).channels);
        if (delivery.settings.layout == Layout::album)
            for (std::size_t i = 0; i < main_.size(); ++i)
                write.channels = std::max(write.channels, shape_(i, true, master).channels);
        stream.format.dither = delivery.settings.dither;
        stream.format.ceiling_dbtp = master.target.true_peak_dbtp;
        lay(stream, reel, programmes, is_main);
        const ProgrammePart& first = programmes[reel.front()].parts.front();
        stream.format.seed =
            short_hash(fmt::format("dither {} {} {} {}", album_.info.seed, library_.source(first.source).hash,
                                   write.sample_rate, bits_text(write.format)));
        write.seed = stream.format.seed;
        if (const auto why = why_not(write)) fail(delivery, *why);
        return stream;
    }

    void lay(PlannedStream& stream, const Reel& reel, const std::vector<Programme>& programmes, bool is_main) const {
        const int rate = stream.format.write.sample_rate;
        Frames at = 0;
        for (const std::size_t i : reel) {
            const Programme& programme = programmes[i];
            const RenderedShape shape = shape_(i, is_main, *stream.master);
            if (shape.channels != stream.format.write.channels && shape.channels != 1)
                fail(*stream.delivery, fmt::format("track {} has {} channels and cannot share a file with one of {}",
                                                   programme.title(), shape.channels, stream.format.write.channels));
            if (!stream.reel.empty()) {
                const Frames overlap = std::llround(-programme.gap_before_s * rate);
                const Frames frames = resampled_frames(shape.frames, programme.rate, rate);
                if (overlap >= stream.reel.back().frames || overlap >= frames)
                    throw InputError(fmt::format("{}:{}: track {}: gap_s = {} overlaps more than a whole track",
                                                 album_.path.string(), programme.parts.front().track->line,
                                                 programme.parts.front().track->id, programme.gap_before_s));
                at -= overlap;
            }
            stream.reel.push_back({i, at, resampled_frames(shape.frames, programme.rate, rate)});
            at += stream.reel.back().frames;
        }
    }

    /// The frame at the delivery rate where a part begins.
    static Frames part_at(const PlannedStream& stream, std::size_t laid, const Programme& programme, std::size_t part) {
        return stream.reel[laid].at +
               resampled_frames(programme.parts[part].at, programme.rate, stream.format.write.sample_rate);
    }

    /// One cut for every part that is wanted. Each ends where the next part of the reel begins, the last with the reel.
    void cut(PlannedStream& stream, const std::vector<Programme>& programmes) const {
        struct Start {
            Frames at;
            std::size_t laid;
            const ProgrammePart* part;
        };
        std::vector<Start> starts;
        for (std::size_t laid = 0; laid < stream.reel.size(); ++laid) {
            const Programme& programme = programmes[stream.reel[laid].programme];
            for (std::size_t p = 0; p < programme.parts.size(); ++p)
                starts.push_back({part_at(stream, laid, programme, p), laid, &programme.parts[p]});
        }
        const Frames end = stream.reel.back().at + stream.reel.back().frames;
        for (std::size_t i = 0; i < starts.size(); ++i) {
            const ProgrammePart& part = *starts[i].part;
            if (!wants(*stream.delivery, *part.track)) continue;
            FileCut file;
            file.from = starts[i].at;
            file.frames = (i + 1 < starts.size() ? starts[i + 1].at : end) - file.from;
            file.path = track_path(stream, part);
            file.tags = track_tags(stream, part);
            stream.cuts.push_back(std::move(file));
            stream.cut_tracks.push_back(part.track);
            stream.cut_programmes.push_back(starts[i].laid);
        }
    }

    void add_main_tracks(const Delivery& delivery, const Master& master) {
        const std::vector<Reel> reels = reels_of(main_);
        std::vector<PlannedStream> streams;
        for (const Reel& reel : reels) {
            streams.push_back(stream_of(delivery, master, main_version, reel));
            cut(streams.back(), main_);
        }
        for (std::size_t r = 1; r < reels.size(); ++r) {
            const double gap_s = main_[reels[r].front()].gap_before_s;
            const Track* after = main_[reels[r].front()].parts.front().track;
            const Track* before = main_[reels[r - 1].back()].parts.back().track;
            if (delivery.settings.gaps == Gaps::start && !streams[r].cuts.empty() &&
                streams[r].cut_tracks.front() == after)
                streams[r].cuts.front().silence_before = std::llround(gap_s * streams[r].format.write.sample_rate);
            if (delivery.settings.gaps == Gaps::end && !streams[r - 1].cuts.empty() &&
                streams[r - 1].cut_tracks.back() == before)
                streams[r - 1].cuts.back().silence_behind =
                    std::llround(gap_s * streams[r - 1].format.write.sample_rate);
        }
        for (PlannedStream& stream : streams)
            if (!stream.cuts.empty()) plan_.streams.push_back(std::move(stream));
    }

    void add_version_tracks(const Delivery& delivery, const Master& master, const std::string& version) {
        for (std::size_t i = 0; i < versions_.size(); ++i) {
            if (versions_[i].version_name() != version || !wants(delivery, *versions_[i].parts.front().track)) continue;
            PlannedStream stream = stream_of(delivery, master, version, {i});
            cut(stream, versions_);
            plan_.streams.push_back(std::move(stream));
        }
    }

    void add_album(const Delivery& delivery, const Master& master, const std::string& version) {
        if (version != main_version)
            fail(delivery,
                 fmt::format("layout = \"album\" delivers the main version; use layout = \"tracks\" for \"{}\"",
                             version));
        if (!selected_.empty() || !delivery.settings.tracks.empty())
            fail(delivery, "layout = \"album\" holds every track; leave the selection of tracks out");
        PlannedAlbumFile file;
        const std::vector<Reel> reels = reels_of(main_);
        for (const Reel& reel : reels) {
            PlannedStream stream = stream_of(delivery, master, version, reel);
            if (!file.streams.empty() && delivery.settings.gaps != Gaps::none)
                stream.silence_before =
                    std::llround(main_[reel.front()].gap_before_s * stream.format.write.sample_rate);
            file.cut.frames += stream.silence_before + stream.reel.back().at + stream.reel.back().frames;
            file.streams.push_back(plan_.streams.size());
            plan_.streams.push_back(std::move(stream));
        }
        if (file.streams.empty()) return;
        const PlannedStream& first = plan_.streams[file.streams.front()];
        file.cut.path = album_path(first);
        file.cut.tags = album_tags(delivery.settings.metadata);
        file.cut.tags.title = album_.info.title;
        plan_.album_files.push_back(std::move(file));
    }

    TemplateWords album_words(const PlannedStream& stream) const {
        const AlbumInfo& info = album_.info;
        return {{"title", info.title},
                {"album", info.title},
                {"artist", info.artist},
                {"version", stream.version},
                {"disc", std::to_string(std::max(1, info.disc))},
                {"side", ""},
                {"isrc", ""},
                {"upc", info.upc},
                {"catalog", info.catalog},
                {"revision", info.revision},
                {"master", stream.master->name},
                {"rate", std::to_string(stream.format.write.sample_rate)},
                {"bits", bits_text(stream.format.write.format)},
                {"date", info.date}};
    }
    std::filesystem::path place(const PlannedStream& stream, const std::string& name) const {
        return (out_folder_ / stream.delivery->settings.dir / (name + extension_of(stream.delivery->settings.format)))
            .lexically_normal();
    }
    std::filesystem::path named(const PlannedStream& stream, const std::string& pattern, const TemplateWords& words,
                                int number) const {
        try {
            return place(stream, file_name_from(pattern, words, number));
        } catch (const InputError& error) {
            fail(*stream.delivery, error.what());
        }
    }
    std::filesystem::path album_path(const PlannedStream& stream) const {
        // The default pattern speaks of tracks; an album file is then called by the album.
        static const DeliverSettings defaults;
        const std::string& pattern = stream.delivery->settings.file;
        const std::string used = pattern == defaults.file ? (album_.info.title.empty() ? "album" : "{title}") : pattern;
        return named(stream, used, album_words(stream), 0);
    }
    std::filesystem::path track_path(const PlannedStream& stream, const ProgrammePart& part) const {
        TemplateWords words = album_words(stream);
        const Tags tags = track_tags(stream, part);
        words["title"] = track_title(part);
        words["artist"] = part.track->info.artist.empty() ? album_.info.artist : part.track->info.artist;
        words["isrc"] =
            part.version && !part.version->info.isrc.empty() ? part.version->info.isrc : part.track->info.isrc;
        words["side"] = part.track->info.side;
        if (part.track->info.disc > 0) words["disc"] = std::to_string(part.track->info.disc);
        return named(stream, stream.delivery->settings.file, words, part.track->number);
    }
    static std::string track_title(const ProgrammePart& part) {
        return part.version ? part.version->info.title : part.track->info.title;
    }

    Tags album_tags(MetadataLevel level) const {
        Tags tags;
        if (level == MetadataLevel::none) return tags;
        const AlbumInfo& info = album_.info;
        tags.artist = info.artist;
        tags.album = info.title;
        tags.date = info.date;
        tags.genre = info.genre;
        if (level == MetadataLevel::basic) return tags;
        tags.album_artist = info.album_artist;
        tags.upc = info.upc;
        tags.catalog = info.catalog;
        tags.label = info.label;
        tags.copyright = info.copyright;
        tags.comment = info.comment;
        tags.disc = info.disc;
        return tags;
    }
    Tags track_tags(const PlannedStream& stream, const ProgrammePart& part) const {
        const MetadataLevel level = stream.delivery->settings.metadata;
        Tags tags = album_tags(level);
        if (level == MetadataLevel::none) return tags;
        const TrackInfo& info = part.track->info;
        tags.title = track_title(part);
        if (!info.artist.empty()) tags.artist = info.artist;
        tags.track_number = part.track->number;
        tags.track_count = static_cast<int>(album_.tracks.size());
        tags.isrc = part.version && !part.version->info.isrc.empty() ? part.version->info.isrc : info.isrc;
        if (level == MetadataLevel::basic) return tags;
        tags.composer = info.composer;
        if (!info.comment.empty()) tags.comment = info.comment;
        if (info.disc > 0) tags.disc = info.disc;
        return tags;
    }

    void check_collisions() const {
        std::map<std::filesystem::path, std::string> owners;
        const auto claim = [&](const std::filesystem::path& path, const std::string& owner) {
            const auto [known, is_new] = owners.emplace(path, owner);
            if (!is_new)
                throw InputError(fmt::format("{}: {} and {} would both be written to {}; give one another dir or file",
                                             album_.path.string(), known->second, owner, path.string()));
        };
        for (const PlannedStream& stream : plan_.streams)
            for (std::size_t i = 0; i < stream.cuts.size(); ++i)
                claim(stream.cuts[i].path,
                      fmt::format("[[deliver]] {} track {}", stream.delivery->name, stream.cut_tracks[i]->id));
        for (const PlannedAlbumFile& file : plan_.album_files)
            claim(file.cut.path, fmt::format("[[deliver]] {}", plan_.streams[file.streams.front()].delivery->name));
        for (const Track& track : album_.tracks)
            if (const auto taken = owners.find(track.source.lexically_normal()); taken != owners.end())
                throw InputError(
                    fmt::format("{}: {} would overwrite {}, the source of track {}; give it another dir or file",
                                album_.path.string(), taken->second, track.source.string(), track.id));
    }

    const Album& album_;
    const SourceLibrary& library_;
    const std::vector<Programme>& main_;
    const std::vector<Programme>& versions_;
    std::filesystem::path out_folder_;
    const ShapeOf& shape_;
    std::vector<std::string> selected_;
    std::vector<std::string> deliveries_;
    DeliveryPlan plan_;
};

}  // namespace

std::vector<std::filesystem::path> DeliveryPlan::files() const {
    std::vector<std::filesystem::path> list;
    for (const PlannedStream& stream : streams)
        for (const FileCut& cut : stream.cuts) list.push_back(cut.path);
    for (const PlannedAlbumFile& file : album_files) list.push_back(file.cut.path);
    return list;
}

DeliveryPlan plan_deliveries(const Album& album, const SourceLibrary& library, const std::vector<Programme>& main,
                             const std::vector<Programme>& versions, const Selection& selection,
                             const std::filesystem::path& out_folder, const ShapeOf& shape) {
    return Planner(album, library, main, versions, selection, out_folder, shape).plan();
}

}  // namespace lathe
