// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/field_words.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/strip.h"
#include "dsp/linear/eq_curve.h"

namespace lathe {
namespace {

/// Widths of the table's columns, of the room that there is.
enum Column { name_column, type_column, hz_column, db_column, q_column, part_column, remove_column, column_count };
constexpr float column_share[column_count] = {0.17f, 0.115f, 0.21f, 0.185f, 0.155f, 0.105f, 0.06f};
constexpr const char* column_heads[column_count] = {"band", "", "Hz", "dB", "Q, slope", "part", ""};
constexpr const char* short_parts[] = {"LR", "M", "S", "L", "R"};

struct Columns {
    float x[column_count], width[column_count];
};
Columns columns_here() {
    const float left = ImGui::GetCursorScreenPos().x, all = ImGui::GetContentRegionAvail().x, gap = px(2);
    Columns columns;
    float at = left;
    for (int c = 0; c < column_count; ++c) {
        const float end = std::round(at + column_share[c] * all);
        columns.x[c] = std::round(at);
        columns.width[c] = end - columns.x[c] - gap;
        at += column_share[c] * all;
    }
    return columns;
}

bool has_gain(EqBandType type) { return type <= EqBandType::tilt; }
bool has_slope(EqBandType type) { return type == EqBandType::high_pass || type == EqBandType::low_pass; }

/// What a type of band looks like.
void draw_shape(ImVec2 low, ImVec2 high, EqBandType type, ImU32 colour) {
    constexpr int points = 24;
    EqBand band{.name = {}, .type = type, .hz = 1000, .gain_db = 12, .q = 1.4, .slope_db_oct = 24};
    const bool is_cut = type > EqBandType::tilt, goes_both_ways = type == EqBandType::tilt;
    const float middle = goes_both_ways ? 0.5f : is_cut ? 0.2f : 0.85f, height = high.y - low.y;
    std::vector<ImVec2> line;
    for (int i = 0; i < points; ++i) {
        const double share = i / (points - 1.0), hz = 1000 * std::exp2((share - 0.5) * 7);
        const double db = std::clamp(20 * std::log10(std::max(eq_band_magnitude(band, hz), 1e-3)), -13.0, 13.0);
        line.push_back({low.x + static_cast<float>(share) * (high.x - low.x),
                        low.y + height * (middle - static_cast<float>(db / 12) * (goes_both_ways ? 0.35f : 0.68f))});
    }
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect({low.x, low.y}, high, true);
    draw.AddPolyline(line.data(), points, colour, 0, px(1.3f));
    draw.PopClipRect();
}

class BandRow {
public:
    BandRow(Studio& studio, const Strip& strip, const EqBand& band, std::size_t index, const Columns& columns)
        : studio_(studio),
          strip_(strip),
          band_(band),
          columns_(columns),
          key_(band_key(band, index)),
          path_(strip.path + ".bands." + key_),
          y_(ImGui::GetCursorScreenPos().y) {}

    void draw() {
        draw_name();
        draw_type();
        draw_cell(hz_column, "hz", quantity_text(band_.hz, "Hz"));
        if (has_gain(band_.type))
            draw_cell(db_column, "gain_db", (band_.gain_db > 0 ? "+" : "") + measured_text(band_.gain_db, ""));
        else
            draw_nothing(db_column);
        if (has_slope(band_.type))
            draw_cell(q_column, "slope_db_oct", fmt::format("{:.0f}/oct", band_.slope_db_oct));
        else if (band_.type == EqBandType::tilt)
            draw_nothing(q_column);
        else
            draw_cell(q_column, "q", quantity_text(band_.q, ""));
        draw_cell(part_column, "channel", short_parts[static_cast<std::size_t>(band_.channel)]);
        place(remove_column);
        ImGui::PushID(path_.c_str());
        if (ImGui::InvisibleButton("remove", {columns_.width[remove_column], ImGui::GetFrameHeight()}))
            studio_.edit("remove EQ band " + key_, {Edit::remove(path_)});
        name_item(path_ + "/remove");
        const bool hovered = ImGui::IsItemHovered();
        explain("remove this band");
        ImGui::PopID();
        draw_text({columns_.x[remove_column] + columns_.width[remove_column] / 2, y_ + px(3)},
                  hovered ? look().text : look().faint_text, "\u00d7", 0.5f);
    }

private:
    void place(Column column) { ImGui::SetCursorScreenPos({columns_.x[column], y_}); }

    void draw_nothing(Column column) {
        draw_text({columns_.x[column] + columns_.width[column] - px(5), y_ + px(3)}, look().faint_text, no_value, 1);
    }

    /// The band's name: lit while the band is on.
    void draw_name() {
        place(name_column);
        const ImVec2 low = ImGui::GetCursorScreenPos();
        const ImVec2 high{low.x + columns_.width[name_column], low.y + ImGui::GetFrameHeight()};
        const std::string path = path_ + ".bypass";
        ImGui::PushID(path.c_str());
        Handled handled;
        if (ImGui::InvisibleButton("on", {high.x - low.x, high.y - low.y}))
            handled = {Value(!band_.bypass), false, true, true};
        name_item(path, band_.bypass ? "true" : "false");
        handled.reset = ImGui::IsItemHovered() && ImGui::IsMouseClicked(1);
        explain(fmt::format("{}: {}; click to {} it", key_, spoken(eq_band_types[static_cast<std::size_t>(band_.type)]),
                            band_.bypass ? "use" : "bypass"));
        ImGui::PopID();
        ImDrawList& draw = *ImGui::GetWindowDrawList();
        draw.AddRectFilled(low, high, band_.bypass ? look().raised : with_alpha(look().master, 0.85f), px(3));
        draw.PushClipRect({low.x + px(3), low.y}, {high.x - px(2), high.y}, true);
        draw_text({low.x + px(4), low.y + px(3)}, band_.bypass ? look().faint_text : look().on_accent, key_);
        draw.PopClipRect();
        apply(studio_, strip_, handled, path);
    }

    void draw_type() {
        const ImVec2 low{columns_.x[type_column], y_};
        draw_cell(type_column, "type", " ");
        draw_shape({low.x + px(5), low.y + px(4)},
                   {low.x + columns_.width[type_column] - px(5), low.y + ImGui::GetFrameHeight() - px(4)}, band_.type,
                   band_.bypass ? look().faint_text : look().text);
    }

    void draw_cell(Column column, std::string_view name, const std::string& shown) {
        place(column);
        const Field* const field = find_field(EqBand::fields(), name);
        const std::string path = path_ + "." + std::string(name);
        apply(studio_, strip_,
              cell(path, *field, field->get(&band_), columns_.width[column], owner_of(studio_, strip_, path), shown),
              path);
    }

    Studio& studio_;
    const Strip& strip_;
    const EqBand& band_;
    const Columns& columns_;
    std::string key_, path_;
    float y_;
};

/// Where the next band goes: into the widest gap between those that are there, in octaves.
double free_hz(const EqSettings& eq) {
    std::vector<double> at{20, 20000};
    for (const EqBand& band : eq.bands) at.push_back(std::clamp(band.hz, 20.0, 20000.0));
    std::sort(at.begin(), at.end());
    std::size_t widest = 1;
    for (std::size_t i = 1; i < at.size(); ++i)
        if (at[i] / at[i - 1] > at[widest] / at[widest - 1]) widest = i;
    return std::sqrt(at[widest] * at[widest - 1]);
}

}  // namespace

void draw_eq_strip(Studio& studio, const Strip& strip, const EqSettings& eq) {
    ImGui::PushFont(font(Type::small));
    const Columns columns = columns_here();
    const float top = ImGui::GetCursorScreenPos().y;
    for (int c = hz_column; c < remove_column; ++c)
        draw_text({columns.x[c] + columns.width[c] - px(5), top}, look().faint_text, column_heads[c], 1);
    draw_text({columns.x[name_column], top}, look().faint_text, column_heads[name_column]);
    ImGui::Dummy({0, ImGui::GetFontSize()});
    for (std::size_t i = 0; i < eq.bands.size(); ++i) {
        BandRow(studio, strip, eq.bands[i], i, columns).draw();
        ImGui::SetCursorScreenPos({columns.x[0], ImGui::GetItemRectMax().y + px(2)});
    }
    if (toggle(strip.named + "/add-band", "add band", false, "a bell of 0 dB where there is the most room"))
        studio.edit(
            "add an EQ band",
            {Edit::insert(strip.path + ".bands",
                          fmt::format("{{ type = \"bell\", hz = {:.3g}, gain_db = 0.0, q = 1.0 }}", free_hz(eq)))});
    ImGui::PopFont();
    ImGui::Dummy({0, px(1)});
    const SettingPlace place = place_of(strip);
    draw_setting(studio, strip, place, "phase");
    if (eq.phase == EqPhase::mixed) draw_setting(studio, strip, place, "pre_ring_db");
}

}  // namespace lathe
