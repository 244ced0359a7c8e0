// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/spectrogram_options.h"
#include "app/media/atomic_file.h"
#include "app/render/spectrum_file.h"
#include "app/report/pictures.h"
#include "app/report/spectrum_report.h"
#include "dsp/core/error.h"
#include "dsp/measure/octave_bands.h"

namespace lathe {
namespace {

template <class Choice, std::size_t n>
Choice choice_of(const std::string& option, const std::string& noun, const std::string& word,
                 const std::array<std::string_view, n>& words) {
    check_word(option, noun, word, {words.begin(), words.end()});
    return static_cast<Choice>(std::find(words.begin(), words.end(), word) - words.begin());
}

class SpectrumCommand final : public Command {
public:
    explicit SpectrumCommand(CLI::App& app) {
        CLI::App* sub = declare(
            app, "spectrum", "Long-term spectrum: average, peak and percentiles over the frequency; or a spectrogram");
        sub->add_option("FILE", file_, "An audio file")->required();
        size_option_ = sub->add_option("--size", settings_.size,
                                       "Points of the window, 1024 to 262144; 0 (the default): fine at both ends")
                           ->type_name("N");
        window_option_ = sub->add_option("--window", window_, fmt::format("{}", fmt::join(spectrum_windows, ", ")))
                             ->type_name("NAME");
        sub->add_option("--part", part_, fmt::format("{}", fmt::join(spectrum_parts, ", ")))->type_name("NAME");
        bands_option_ = sub->add_option("--bands", bands_, "Levels of IEC bands, that many to the octave")
                            ->check(CLI::Range(1, 48))
                            ->type_name("N");
        slope_option_ = sub->add_option("--slope", slope_,
                                        "dB per octave added around 1 kHz, so that music looks level (0, 3, 4.5)")
                            ->check(CLI::Range(-12.0, 12.0))
                            ->type_name("DB");
        minus_option_ = sub->add_option("--minus", minus_, "Another file, whose levels are taken from this one's")
                            ->type_name("FILE");
        with_option_ = sub->add_option("--with", with_, "More files, whose averages go into the same picture")
                           ->type_name("FILE...");
        sub->add_option("--png", png_, "Write a picture")->type_name("FILE");
        sub->add_option("--theme", theme_, "Of the picture: dark or light")->type_name("NAME");
        csv_option_ = sub->add_option("--csv", csv_, "Write the levels as a table")->type_name("FILE");
        spectrogram_.declare(*sub);
    }

    int run(const Cancel& cancel) override {
        settings_.window = choice_of<SpectrumWindow>("--window", "window", window_, spectrum_windows);
        settings_.part = choice_of<SpectrumPart>("--part", "part", part_, spectrum_parts);
        check_word("--theme", "theme", theme_, {theme_names.begin(), theme_names.end()});
        if (spectrogram_.is_wanted()) {
            for (const CLI::Option* option :
                 {size_option_, window_option_, bands_option_, slope_option_, minus_option_, with_option_, csv_option_})
                if (option->count())
                    throw InputError(fmt::format("{}: a spectrogram has none; leave it out", option->get_name()));
            spectrogram_.run(file_, settings_.part, png_, theme_, common, cancel);
            return exit_done;
        }
        spectrogram_.check_unwanted();
        if (!with_.empty() && png_.empty()) throw InputError("--with: is for a picture; add --png FILE");
        if (!with_.empty() && !minus_.empty()) throw InputError("--with and --minus: take one of them");
        FileSpectrum measured = measure(file_, cancel);
        if (!minus_.empty()) subtract(measured, measure(minus_, cancel));
        const std::string table = minus_.empty() ? spectrum_text(measured) : "";
        if (bands_ > 0 && minus_.empty()) measured.spectrum = in_octave_bands(measured.spectrum, bands_);
        add_slope(measured.spectrum);
        if (!csv_.empty()) write_text_file(std::filesystem::absolute(csv_), spectrum_csv(measured.spectrum));
        if (!png_.empty()) write_text_file(std::filesystem::absolute(png_), picture(measured, cancel));
        if (common.wants_json()) write_json(common, to_json(measured));
        say(common, table);
        return exit_done;
    }

private:
    FileSpectrum measure(const std::string& file, const Cancel& cancel) const {
        FileSpectrum measured = spectrum_of_file(std::filesystem::absolute(file).lexically_normal(), settings_, cancel);
        if (bands_ > 0 && !minus_.empty()) measured.spectrum = in_octave_bands(measured.spectrum, bands_);
        return measured;
    }

    std::string picture(const FileSpectrum& measured, const Cancel& cancel) const {
        const Theme& theme = theme_of(theme_);
        if (!minus_.empty())
            return difference_picture(measured,
                                      fmt::format("{} less {}", measured.info.path.filename().string(),
                                                  std::filesystem::path(minus_).filename().string()),
                                      theme);
        std::vector<FileSpectrum> files{measured};
        for (const std::string& file : with_) {
            files.push_back(measure(file, cancel));
            if (bands_ > 0) files.back().spectrum = in_octave_bands(files.back().spectrum, bands_);
            add_slope(files.back().spectrum);
        }
        return spectrum_picture(files, theme);
    }

    void subtract(FileSpectrum& from, const FileSpectrum& other) const {
        if (from.info.sample_rate != other.info.sample_rate)
            throw InputError(fmt::format("--minus: {} Hz and {} Hz cannot be compared point by point",
                                         from.info.sample_rate, other.info.sample_rate));
        using Curve = std::vector<double> Spectrum::*;
        for (const Curve curve :
             {&Spectrum::average_db, &Spectrum::peak_db, &Spectrum::p10_db, &Spectrum::p50_db, &Spectrum::p90_db})
            for (std::size_t k = 0; k < from.spectrum.hz.size(); ++k)
                (from.spectrum.*curve)[k] -= (other.spectrum.*curve)[k];
    }

    void add_slope(Spectrum& s) const {
        if (slope_ == 0) return;
        for (std::size_t k = 0; k < s.hz.size(); ++k) {
            const double db = slope_ * std::log2(std::max(s.hz[k], 10.0) / 1000);
            for (auto* curve : {&s.average_db, &s.peak_db, &s.p10_db, &s.p50_db, &s.p90_db}) (*curve)[k] += db;
        }
    }

    std::string file_, minus_, csv_, png_, theme_ = "dark", window_ = "hann", part_ = "sum";
    CLI::Option *size_option_ = nullptr, *window_option_ = nullptr, *bands_option_ = nullptr, *slope_option_ = nullptr,
                *minus_option_ = nullptr, *with_option_ = nullptr, *csv_option_ = nullptr;
    std::vector<std::string> with_;
    SpectrumSettings settings_;
    SpectrogramOptions spectrogram_;
    int bands_ = 0;
    double slope_ = 0;
};

}  // namespace

std::unique_ptr<Command> spectrum_command(CLI::App& app) { return std::make_unique<SpectrumCommand>(app); }

}  // namespace lathe
