// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrogram_options.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/media/atomic_file.h"
#include "app/report/spectrogram_report.h"
#include "dsp/core/error.h"
#include "dsp/core/time_point.h"

namespace lathe {
namespace {

double seconds_of(const char* option, const std::string& text, int rate) {
    const std::optional<TimePoint> time = parse_time(text);
    if (!time) throw InputError(fmt::format("{}: \"{}\" is no time; write m:ss, h:mm:ss or seconds", option, text));
    return time->seconds_at(rate);
}

}  // namespace

void SpectrogramOptions::declare(CLI::App& command) {
    command.add_flag("--spectrogram", is_wanted_, "Levels over time and frequency, kept for the next time");
    reassigned_ = command.add_flag("--reassigned", is_reassigned_,
                                   "Of the spectrogram: sharp lines, energy moved to where it comes from");
    range_ =
        command.add_option("--range", range_db_, "Of the spectrogram's picture: dB from quiet to loud; default 90")
            ->check(CLI::Range(10.0, 120.0))
            ->type_name("DB");
    from_ =
        command.add_option("--from", from_time_, "Of the spectrogram's picture: where it begins")->type_name("TIME");
    to_ = command.add_option("--to", to_time_, "Of the spectrogram's picture: where it ends")->type_name("TIME");
}

void SpectrogramOptions::check_unwanted() const {
    for (const CLI::Option* option : {reassigned_, range_, from_, to_})
        if (option->count()) throw InputError(fmt::format("{}: needs --spectrogram", option->get_name()));
}

void SpectrogramOptions::run(const std::string& file, SpectrumPart part, const std::string& png,
                             const std::string& theme, const CommonOptions& common, const Cancel& cancel) const {
    const Cache cache = cache_of(common);
    const SpectrogramSettings settings{part, is_reassigned_};
    const std::filesystem::path path = std::filesystem::absolute(file).lexically_normal();
    FileSpectrogram spectrogram({path, settings, common.cache_folder()}, cache, cancel);
    if (!png.empty()) {
        const AudioInfo& info = spectrogram.info();
        SpectrogramView view{0, info.duration_s(), range_db_, path.filename().string()};
        if (from_->count()) view.from_s = seconds_of("--from", from_time_, info.sample_rate);
        if (to_->count()) view.to_s = std::min(view.to_s, seconds_of("--to", to_time_, info.sample_rate));
        if (view.from_s >= view.to_s)
            throw InputError(
                fmt::format("--from, --to: there is nothing between {:.3f} s and {:.3f} s; the file is {:.3f} s long",
                            view.from_s, view.to_s, info.duration_s()));
        if (part != SpectrumPart::sum)
            view.title += fmt::format(", {}", spectrum_parts[static_cast<std::size_t>(part)]);
        if (settings.reassigned) view.title += ", reassigned";
        write_text_file(std::filesystem::absolute(png),
                        spectrogram_picture(spectrogram, view, theme_of(theme), cancel));
    }
    if (common.wants_json()) write_json(common, to_json(spectrogram, settings));
    say(common, spectrogram_text(spectrogram));
}

}  // namespace lathe
