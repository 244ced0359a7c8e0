// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/landed.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::string without_indent(const std::string& line) {
    const std::size_t first = line.find_first_not_of(" \t");
    return first == std::string::npos ? "" : line.substr(first);
}

}  // namespace

void LandedMasters::keep(std::shared_ptr<const Album> album, const std::string& track, KeptPreview preview) {
    for (Entry& entry : entries_)
        if (entry.track == track && entry.album->text == album->text) {
            entry.preview = std::move(preview);
            return;
        }
    entries_.push_back({std::move(album), track, std::move(preview)});
    if (entries_.size() > most) entries_.pop_front();
}

KeptPreview LandedMasters::find(const std::string& album_text, const std::string& track) const {
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry)
        if (entry->track == track && entry->album->text == album_text) return entry->preview;
    return nullptr;
}

MasterDifference difference_of(const TrackPreview& master, const TrackPreview& other, const Cancel& cancel) {
    const StoredAudio<float>&a = *master.audio, &b = *other.audio;
    if (a.channels() != b.channels() || master.result.sample_rate != other.result.sample_rate)
        throw InputError("they differ in rate or channels; deliver both alike to compare them");
    MasterDifference difference;
    const auto &own = master.result.measured.integrated_lufs, &others = other.result.measured.integrated_lufs;
    if (own && others) difference.gain_db = *own - *others;
    const auto gain = static_cast<float>(gain_from_db(difference.gain_db));
    const auto step = static_cast<Frames>(MasterDifference::step_s * master.result.sample_rate);
    AudioBuffer<float> x(a.channels(), step), y(a.channels(), step);
    for (Frames from = 0; from + step <= std::min(a.frames(), b.frames()); from += step) {
        cancel.check();
        a.read(from, x.view());
        b.read(from, y.view());
        double power = 0;
        for (int c = 0; c < a.channels(); ++c)
            for (Frames n = 0; n < step; ++n) {
                const double d = static_cast<double>(x.channel(c)[n] - gain * y.channel(c)[n]);
                power += d * d;
            }
        power /= static_cast<double>(step * a.channels());
        difference.residual_db.push_back(power > 0 ? static_cast<float>(db_from_power(power)) : -INFINITY);
    }
    return difference;
}

std::vector<std::string> changed_lines(const std::string& from, const std::string& to) {
    const std::vector<std::string> a = lines_of(from), b = lines_of(to);
    // The longest common subsequence, from the back.
    std::vector<std::vector<int>> length(a.size() + 1, std::vector<int>(b.size() + 1, 0));
    for (std::size_t i = a.size(); i-- > 0;)
        for (std::size_t j = b.size(); j-- > 0;)
            length[i][j] = a[i] == b[j] ? length[i + 1][j + 1] + 1 : std::max(length[i + 1][j], length[i][j + 1]);
    std::vector<std::string> lines;
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            ++i, ++j;
        } else if (j == b.size() || (i < a.size() && length[i + 1][j] >= length[i][j + 1])) {
            lines.push_back("\u2212 " + without_indent(a[i++]));
        } else {
            lines.push_back("+ " + without_indent(b[j++]));
        }
    }
    return lines;
}

}  // namespace lathe
