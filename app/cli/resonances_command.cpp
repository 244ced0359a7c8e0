// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/media/atomic_file.h"
#include "app/render/resonance_file.h"
#include "app/report/pictures.h"
#include "app/report/resonance_report.h"
#include "app/session/album_file.h"
#include "app/session/track_processor.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

class ResonancesCommand final : public Command {
public:
    explicit ResonancesCommand(CLI::App& app) {
        CLI::App* sub = declare(app, "resonances",
                                "The resonances of a programme: frequency, Q, decay, prominence and a suggested cut");
        sub->add_option("FILE", file_, "An audio file")->required();
        sub->add_option("--most", most_, "How many to list at most (20)")->check(CLI::Range(1, 40))->type_name("N");
        sub->add_option("--png", png_, "Write a picture")->type_name("FILE");
        sub->add_option("--theme", theme_, "Of the picture: dark or light")->type_name("NAME");
        apply_ =
            sub->add_option("--apply", album_, "Write cuts into this album, as an EQ of the track")->type_name("ALBUM");
        track_option_ = sub->add_option("--track", track_, "The track to cut, by id or position")->type_name("ID");
        count_option_ =
            sub->add_option("--count", count_, "How many to cut, the worst first; default: those surer than 0.7")
                ->check(CLI::Range(1, 40))
                ->type_name("K");
    }

    int run(const Cancel& cancel) override {
        if (apply_->count() && !track_option_->count()) throw InputError("--apply: needs --track ID, the track to cut");
        if (!apply_->count() && (track_option_->count() || count_option_->count()))
            throw InputError("--track and --count: need --apply ALBUM");
        check_word("--theme", "theme", theme_, {theme_names.begin(), theme_names.end()});
        const FileResonances found =
            find_resonances_of_file(std::filesystem::absolute(file_).lexically_normal(), most_, cancel);
        std::string applied;
        if (apply_->count()) applied = apply(found);
        if (!png_.empty()) write_text_file(std::filesystem::absolute(png_), resonance_picture(found, theme_of(theme_)));
        if (common.wants_json()) write_json(common, to_json(found));
        say(common, resonance_text(found) + applied);
        return exit_done;
    }

private:
    std::string apply(const FileResonances& found) const {
        const Album album = read_album(album_);
        std::size_t track = album.tracks.size();
        for (std::size_t i = 0; i < album.tracks.size(); ++i)
            if (album.tracks[i].id == track_) track = i;
        for (std::size_t i = 0; i < album.tracks.size(); ++i)
            if (track == album.tracks.size() && std::to_string(album.tracks[i].number) == track_) track = i;
        if (track == album.tracks.size())
            throw InputError(fmt::format("--track: no track \"{}\" in {} (1 … {}, or an id)", track_,
                                         album.path.string(), album.tracks.size()));
        std::vector<EqBand> bands;
        for (const Resonance& r : found.resonances) {
            if (count_option_->count() ? static_cast<int>(bands.size()) == count_ : r.confidence < sure) break;
            EqBand band;
            band.hz = r.frequency_hz;
            band.gain_db = r.cut_db;
            band.q = r.q;
            band.channel = r.channel;
            bands.push_back(band);
        }
        if (bands.empty()) return "nothing to cut: no resonance is sure enough; --count K takes the worst ones\n";
        const std::string text = with_track_eq(album, track, "resonances", bands);
        if (text != album.text) write_text_file(album.path, text);
        return fmt::format("{} cuts written to {}, track \"{}\", EQ \"resonances\"\n", bands.size(),
                           album.path.string(), album.tracks[track].id);
    }

    static constexpr double sure = 0.7;
    std::string file_, album_, track_, png_, theme_ = "dark";
    int most_ = 20, count_ = 0;
    CLI::Option *apply_ = nullptr, *track_option_ = nullptr, *count_option_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> resonances_command(CLI::App& app) { return std::make_unique<ResonancesCommand>(app); }

}  // namespace lathe
