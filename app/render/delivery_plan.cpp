// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/delivery_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/render/delivery_collisions.h"
#include "app/render/delivery_format.h"
#include "app/render/delivery_names.h"
#include "app/render/delivery_tags.h"
#include "app/render/key.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

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
          selected_(selected_track_ids(album, selection.tracks)) {}

    DeliveryPlan plan(const std::vector<const Delivery*>& deliveries) {
        for (const Delivery* delivery : deliveries) add(*delivery);
        check_collisions(album_, plan_);
        return std::move(plan_);
    }

    std::vector<PlannedStream> streams_to_suit(const std::vector<Delivery>& deliveries) const {
        std::vector<PlannedStream> streams;
        for (const Delivery& delivery : deliveries)
            for (const std::string& version : delivery.settings.versions) {
                const std::vector<Programme>& programmes = version == main_version ? main_ : versions_;
                const std::vector<Reel> reels =
                    version == main_version ? reels_of(main_) : reels_of_version(delivery, version);
                for (const Reel& reel : reels)
                    if (wants_any(delivery, reel, programmes))
                        streams.push_back(laid_stream(delivery, master_of(delivery), version, reel));
            }
        return streams;
    }

private:
    [[noreturn]] void fail(const Delivery& delivery, const std::string& why) const {
        throw InputError(
            fmt::format("{}:{}: [[deliver]] {}: {}", album_.path.string(), delivery.line, delivery.name, why));
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

    bool wants_any(const Delivery& delivery, const Reel& reel, const std::vector<Programme>& programmes) const {
        return std::any_of(reel.begin(), reel.end(), [&](std::size_t i) {
            const std::vector<ProgrammePart>& parts = programmes[i].parts;
            return std::any_of(parts.begin(), parts.end(),
                               [&](const ProgrammePart& part) { return wants(delivery, *part.track); });
        });
    }

    /// Every wanted track's, each alone.
    std::vector<Reel> reels_of_version(const Delivery& delivery, const std::string& version) const {
        std::vector<Reel> reels;
        for (std::size_t i = 0; i < versions_.size(); ++i)
            if (versions_[i].version_name() == version && wants(delivery, *versions_[i].parts.front().track))
                reels.push_back({i});
        return reels;
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

    /// The highest rate among the programmes that share a file.
    int highest_rate(const Delivery& delivery, const Reel& reel, const std::vector<Programme>& programmes) const {
        int highest = 0;
        if (delivery.settings.layout == Layout::album)
            for (const Programme& programme : main_) highest = std::max(highest, programme.rate);
        for (const std::size_t i : reel) highest = std::max(highest, programmes[i].rate);
        return highest;
    }

    PlannedStream stream_of(const Delivery& delivery, const Master& master, const std::string& version,
                            const Reel& reel) const {
        PlannedStream stream = laid_stream(delivery, master, version, reel);
        if (const auto why = why_not(stream.format.write)) fail(delivery, *why);
        return stream;
    }

    /// Whether or not its format can be written.
    PlannedStream laid_stream(const Delivery& delivery, const Master& master, const std::string& version,
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
        write.sample_rate = delivery_rate(delivery.settings, highest_rate(delivery, reel, programmes));
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
            file.path = path_of(stream, &part);
            file.tags = track_tags(album_, stream.delivery->settings.metadata, part);
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
        for (const Reel& reel : reels_of_version(delivery, version)) {
            PlannedStream stream = stream_of(delivery, master, version, reel);
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
        file.cut.path = path_of(first, nullptr);
        file.cut.tags = album_tags(album_, delivery.settings.metadata);
        plan_.album_files.push_back(std::move(file));
    }

    /// Of a part's file; none: of the whole album's.
    std::filesystem::path path_of(const PlannedStream& stream, const ProgrammePart* part) const {
        const NamedDelivery named{stream.delivery, stream.master, stream.version, stream.format.write};
        try {
            return part ? track_path(album_, named, *part, out_folder_) : album_path(album_, named, out_folder_);
        } catch (const InputError& error) {
            fail(*stream.delivery, error.what());
        }
    }

    const Album& album_;
    const SourceLibrary& library_;
    const std::vector<Programme>& main_;
    const std::vector<Programme>& versions_;
    std::filesystem::path out_folder_;
    const ShapeOf& shape_;
    std::vector<std::string> selected_;
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
    return Planner(album, library, main, versions, selection, out_folder, shape)
        .plan(selected_deliveries(album, selection.deliveries));
}

std::vector<PlannedStream> streams_to_suit(const Album& album, const SourceLibrary& library,
                                           const std::vector<Programme>& main, const std::vector<Programme>& versions,
                                           const std::vector<Delivery>& deliveries, const ShapeOf& shape) {
    return Planner(album, library, main, versions, {}, {}, shape).streams_to_suit(deliveries);
}

}  // namespace lathe
