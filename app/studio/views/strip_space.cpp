// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/media/audio_file.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/strip.h"
#include "dsp/linear/room.h"

namespace lathe {
namespace {

constexpr const char* file_word = "file";

/// Reverberation time of a response file at mid frequencies, from the background; none: not yet, or it cannot be read.
std::optional<double> file_t60_s(Studio& studio, const std::string& ir) {
    const std::filesystem::path path = resolved_path(studio.album(), ir);
    const auto t60 = studio.analyses.value<double>("t60 " + path.string(), [path](const Cancel&) {
        AudioReader reader(path);
        ImpulseResponse response{AudioBuffer<double>(reader.info().channels, reader.info().frames),
                                 static_cast<double>(reader.info().sample_rate)};
        reader.read(response.audio.view());
        return std::make_shared<const double>(mid_band_t60(response));
    });
    return t60 ? std::optional(*t60) : std::nullopt;
}

/// The octaves' reverberation times as bars, 0 to the longest.
void draw_room(const std::string& name, const std::vector<BandDecay>& decays, double scale) {
    double longest = 0;
    for (const BandDecay& decay : decays) longest = std::max(longest, decay.t60_s * scale);
    const PlotBox box = plot_box(name, 84, 8, 18);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    ImGui::PushFont(font(Type::small));
    const float line = ImGui::GetFontSize(), step = (box.high.x - box.low.x) / static_cast<float>(decays.size());
    for (std::size_t i = 0; i < decays.size(); ++i) {
        const double t60 = decays[i].t60_s * scale;
        const float x = box.low.x + step * static_cast<float>(i), centre = x + step / 2;
        const float top = box.high.y - static_cast<float>(t60 / longest) * (box.high.y - box.low.y - line);
        draw.AddRectFilled({x + px(2), top}, {x + step - px(2), box.high.y}, with_alpha(look().faint_text, 0.5f),
                           px(1));
        draw_text({centre, top - line}, look().text, fmt::format("{:.1f}", t60), 0.5f);
        const std::string hz =
            decays[i].hz < 1000 ? fmt::format("{:.0f}", decays[i].hz) : fmt::format("{:.0f}k", decays[i].hz / 1000);
        draw_text({centre, box.high.y + px(2)}, look().faint_text, hz, 0.5f);
    }
    ImGui::PopFont();
    explain(fmt::format("reverberation time by octave, seconds; the longest is {:.2f} s", longest));
}

/// A built-in room, or "file": choosing one lets go of the other.
void draw_room_choice(Studio& studio, const Strip& strip, const ReverbSettings& reverb) {
    const Field* const preset = find_field(ReverbSettings::fields(), "preset");
    const std::string path = strip.path + ".preset", word = reverb.ir.empty() ? "" : file_word;
    const Value value = reverb.ir.empty() ? preset->get(&reverb) : Value(word);
    Field choices = *preset;
    choices.choices = choices.choices.subspan(1);  // without "none"
    const Handled handled = control(path, "room", choices, value, owner_of(studio, strip, path));
    if (handled.value && !reverb.ir.empty())
        apply(studio, strip, strip.entry.id + " room", {{"ir", "\"\""}, {"preset", to_toml(*handled.value)}});
    else
        apply(studio, strip, handled, path);
    const Field* const ir = find_field(ReverbSettings::fields(), "ir");
    const std::string ir_path = strip.path + ".ir";
    const Handled typed = control(ir_path, "response", *ir, ir->get(&reverb), owner_of(studio, strip, ir_path));
    const auto* const name = typed.value ? std::get_if<std::string>(&*typed.value) : nullptr;
    if (name && !name->empty())
        apply(studio, strip, strip.entry.id + " response", {{"preset", "\"none\""}, {"ir", to_toml(*typed.value)}});
    else if (name && !reverb.ir.empty())
        apply(studio, strip, strip.entry.id + " room", {{"ir", "\"\""}, {"preset", "\"hall\""}});
}

}  // namespace

void draw_reverb_strip(Studio& studio, const Strip& strip, const ReverbSettings& reverb) {
    if (reverb.ir.empty() && reverb.preset != RoomPreset::none) {
        draw_room(strip.named + "/decay", room_decay(reverb.preset), reverb.decay_scale);
    } else if (!reverb.ir.empty()) {
        const std::optional<double> t60 = file_t60_s(studio, reverb.ir);
        const std::optional<double> scaled = t60 ? std::optional(*t60 * reverb.decay_scale) : std::nullopt;
        const std::string text = "T60 at 500 Hz and 1 kHz: " + measured_text(scaled, "s", 2);
        draw_text(ImGui::GetCursorScreenPos(), look().faint_text, text);
        ImGui::Dummy({px(200), ImGui::GetFontSize()});
        name_item(strip.named + "/decay", measured_text(scaled, "s", 2));
    }
    draw_room_choice(studio, strip, reverb);
    draw_settings(studio, strip, place_of(strip), {"wet_db", "dry_db", "predelay_ms", "decay_scale"}, {"preset", "ir"});
}

void draw_stereo_strip(Studio& studio, const Strip& strip) {
    draw_settings(studio, strip, place_of(strip), {"width", "mono_below_hz", "balance", "mid_db", "side_db"});
}

void draw_gain_strip(Studio& studio, const Strip& strip) { draw_settings(studio, strip, place_of(strip), {"gain_db"}); }

}  // namespace lathe
