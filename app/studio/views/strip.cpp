// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/strip.h"

#include <algorithm>

#include "app/studio/shell/field_words.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"

namespace lathe {
namespace {

bool holds(std::initializer_list<std::string_view> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_single_value(const Field& field) {
    return field.kind != FieldKind::tables && field.kind != FieldKind::text_list;
}

/// "multiband threshold": what undo calls a change of the setting.
std::string edit_name(const Strip& strip, const std::string& setting) {
    const std::string rest = setting.substr(std::min(strip.path.size() + 1, setting.size()));
    return strip.entry.id + " " + spoken(rest.substr(rest.rfind('.') + 1));
}

}  // namespace

void apply(Studio& studio, const Strip& strip, const Handled& handled, const std::string& setting) {
    const std::string what = edit_name(strip, setting);
    if (strip.is_albums) return apply(studio, handled, setting, what);
    if (handled.let_go && !handled.value) studio.document->end_drag();
    if (handled.value)
        studio.edit(what, {Edit{setting, to_toml(*handled.value)}}, setting);
    else if (handled.reset)
        studio.edit("reset " + what, {Edit::unset(setting)});
    if (handled.let_go) studio.document->end_drag();
}

void apply(Studio& studio, const Strip& strip, const std::string& what,
           std::initializer_list<std::pair<std::string, std::string>> values) {
    std::vector<Edit> edits;
    for (const auto& [key, value] : values) {
        const std::string path = strip.path + "." + key;
        edits.push_back({strip.is_albums ? edit_path(studio, path) : path, value});
    }
    studio.edit(what, edits);
    studio.document->end_drag();
}

Owner owner_of(const Studio& studio, const Strip& strip, const std::string& setting) {
    return strip.is_albums ? owner_of(studio, setting) : Owner::album;
}

SettingPlace place_of(const Strip& strip) {
    return {strip.path, fields_of(strip.entry.settings), address_of(strip.entry.settings)};
}

void draw_setting(Studio& studio, const Strip& strip, const SettingPlace& place, std::string_view name) {
    const Field* const field = find_field(place.fields, name);
    const std::string path = place.path + "." + std::string(name);
    apply(studio, strip,
          control(path, label_of(*field), *field, field->get(place.settings), owner_of(studio, strip, path)), path);
}

void draw_settings(Studio& studio, const Strip& strip, const SettingPlace& place,
                   std::initializer_list<std::string_view> first, std::initializer_list<std::string_view> without) {
    for (const std::string_view name : first) draw_setting(studio, strip, place, name);
    bool is_apart = first.size() == 0;
    for (const Field& field : place.fields) {
        if (!is_single_value(field) || holds(first, field.name) || holds(without, field.name)) continue;
        if (!is_apart) ImGui::Dummy({0, px(1)});
        is_apart = true;
        draw_setting(studio, strip, place, field.name);
    }
}

void draw_common_settings(Studio& studio, const Strip& strip) {
    ImGui::Dummy({0, px(1)});
    const SettingPlace place{strip.path, CommonSettings::fields(), &strip.entry.common};
    for (const char* name : {"mix", "channel", "note"}) draw_setting(studio, strip, place, name);
}

PlotBox plot_box(const std::string& name, float height_points, float left_points, float bottom_points) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = px(height_points);
    ImGui::Dummy({width, height});
    name_item(name);
    ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + width, at.y + height}, look().window, px(3));
    return {{at.x + px(left_points), at.y + px(6)}, {at.x + width - px(6), at.y + height - px(bottom_points)}};
}

void draw_strip_body(Studio& studio, const Strip& strip) {
    struct Draw {
        Studio& studio;
        const Strip& strip;
        void operator()(const GainSettings&) { draw_gain_strip(studio, strip); }
        void operator()(const EqSettings& s) { draw_eq_strip(studio, strip, s); }
        void operator()(const MultibandSettings& s) { draw_multiband_strip(studio, strip, s); }
        void operator()(const CompressorSettings& s) { draw_compressor_strip(studio, strip, s); }
        void operator()(const ReverbSettings& s) { draw_reverb_strip(studio, strip, s); }
        void operator()(const StereoSettings&) { draw_stereo_strip(studio, strip); }
        void operator()(const ClipperSettings& s) { draw_clipper_strip(studio, strip, s); }
        void operator()(const LimiterSettings&) { draw_limiter_strip(studio, strip); }
    };
    std::visit(Draw{studio, strip}, strip.entry.settings);
    draw_common_settings(studio, strip);
}

}  // namespace lathe
