// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/meter_scale.h"

#include <algorithm>

#include "app/studio/shell/quantity.h"

namespace lathe {
namespace {

template <class Word, class Words>
Word word_in(const Words& words, const std::string& word, Word usual) {
    const auto at = std::find(words.begin(), words.end(), word);
    return at == words.end() ? usual : static_cast<Word>(at - words.begin());
}

template <class Words, class Word>
std::string word_of(const Words& words, Word word) {
    return std::string(words[static_cast<std::size_t>(word)]);
}

}  // namespace

MeterScale MeterScale::kept(const Preferences& preferences) {
    const MeterScale usual;
    return {word_in(loudness_scales, preferences.get("meter scale", ""), usual.scale),
            word_in(loudness_zeros, preferences.get("meter zero", ""), usual.zero)};
}

void MeterScale::keep(Preferences& preferences) const {
    preferences.set("meter scale", word_of(loudness_scales, scale));
    preferences.set("meter zero", word_of(loudness_zeros, zero));
}

double MeterScale::zero_lufs(const std::optional<double>& target_lufs) const {
    constexpr double ebu_lufs = -23;
    return zero == LoudnessZero::target ? target_lufs.value_or(ebu_lufs) : ebu_lufs;
}

Range MeterScale::range(const std::optional<double>& target_lufs) const {
    const double zero_at = zero_lufs(target_lufs);
    switch (scale) {
        case LoudnessScale::ebu_9:
            return {zero_at - 18, zero_at + 9};
        case LoudnessScale::ebu_18:
            return {zero_at - 36, zero_at + 18};
        default:
            return {-60, 0};
    }
}

std::string MeterScale::text(const std::optional<double>& lufs, const std::optional<double>& target_lufs) const {
    if (!is_relative() || !lufs) return measured_text(lufs, "LUFS");
    const std::string text = measured_text(*lufs - zero_lufs(target_lufs), "LU");
    return *lufs - zero_lufs(target_lufs) >= 0.05 ? "+" + text : text;
}

}  // namespace lathe
