// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/spectrum_eq.h"

namespace lathe {
namespace {

constexpr double reach_db = 18;  // that a handle goes to both sides

bool has_gain(EqBandType type) { return type <= EqBandType::tilt; }

/// Where a band's handle stands: at its gain, or on the line where it has none.
ImVec2 place_of(const PlotArea& gains, const EqBand& band) {
    return {gains.x_of(band.hz), gains.y_of(has_gain(band.type) ? std::clamp(band.gain_db, -reach_db, reach_db) : 0)};
}

/// What of the sound a band works on: its own width, an octave about the corner of what has no width.
SoloBand band_alone(const EqBand& band) {
    const bool has_width =
        band.type == EqBandType::bell || band.type == EqBandType::notch || band.type == EqBandType::band_pass;
    return {band.hz, has_width ? band.q : 1.4};
}

std::string band_hint(const EqBand& band) {
    return fmt::format(
        "{}{}  {}  {}  Q {:.2f}   drag: frequency and gain (Shift: fine), wheel: Q, Alt: hear it alone, right-click: "
        "bypass, Delete: remove",
        band.name.empty() ? "" : band.name + ": ", eq_band_types[static_cast<std::size_t>(band.type)],
        quantity_text(band.hz, "Hz"), signed_text(band.gain_db, "dB"), band.q);
}

/// What is going on with a band's handle.
struct BandDrag {
    double hz = 0, gain_db = 0;
} band_drag;

class BandHandle {
public:
    BandHandle(Studio& studio, const PlotArea& gains, const EditedEq& eq, std::size_t index)
        : studio_(studio),
          gains_(gains),
          band_(eq.settings.bands[index]),
          key_(band_key(band_, index)),
          path_(eq.id + ".bands." + key_),
          at_(place_of(gains, band_)) {}

    /// True: the pointer is on it.
    bool handle() {
        const float radius = px(7);
        ImGui::SetCursorScreenPos({at_.x - radius, at_.y - radius});
        ImGui::PushID(path_.c_str());
        ImGui::InvisibleButton("band", {2 * radius, 2 * radius});
        name_item("eq/band/" + key_, fmt::format("{:.6g} {:.6g} {:.6g}", band_.hz, band_.gain_db, band_.q));
        const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
        if (ImGui::IsItemActivated()) band_drag = {band_.hz, band_.gain_db};
        const bool is_alone = (hovered || active) && ImGui::GetIO().KeyAlt;
        if (is_alone) studio_.pointed_band = band_alone(band_);
        if (active) drag();
        if (ImGui::IsItemDeactivated()) studio_.document->end_drag();
        if (hovered) take_wheel_and_keys();
        draw(hovered || active, is_alone);
        ImGui::PopID();
        return hovered || active;
    }

private:
    std::string path(const char* setting) const { return edit_path(studio_, path_ + setting); }

    void drag() {
        const ImGuiIO& io = ImGui::GetIO();
        if (io.MouseDelta.x == 0 && io.MouseDelta.y == 0) return;
        const double fine = io.KeyShift ? 0.1 : 1;
        band_drag.hz *= std::pow(1000.0, static_cast<double>(io.MouseDelta.x / gains_.width()) * fine);
        band_drag.gain_db -= static_cast<double>(io.MouseDelta.y / gains_.height()) * 2 * reach_db * fine;
        band_drag.hz = std::clamp(band_drag.hz, 20.0, 20000.0);
        band_drag.gain_db = std::clamp(band_drag.gain_db, -24.0, 24.0);
        std::vector<Edit> edits{{path(".hz"), fmt::format("{:.4g}", band_drag.hz)}};
        if (has_gain(band_.type)) edits.push_back({path(".gain_db"), fmt::format("{:.1f}", band_drag.gain_db)});
        studio_.edit("move EQ band " + key_, edits, "band " + path_);
    }

    void take_wheel_and_keys() {
        const double steps = static_cast<double>(ImGui::GetIO().MouseWheel);
        pointer_hint() = band_hint(band_);
        if (steps != 0)
            studio_.edit("Q of EQ band " + key_,
                         {{path(".q"), fmt::format("{:.3g}", std::clamp(band_.q * std::pow(1.1, steps), 0.1, 40.0))}},
                         "q " + path_);
        if (ImGui::IsMouseClicked(1))
            studio_.edit((band_.bypass ? "use EQ band " : "bypass EQ band ") + key_,
                         {{path(".bypass"), band_.bypass ? "false" : "true"}});
        if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Delete)))
            studio_.edit("remove EQ band " + key_, {Edit::remove(path_)});
    }

    void draw(bool is_lit, bool is_alone) const {
        ImDrawList& draw = *ImGui::GetWindowDrawList();
        if (is_alone) {
            const SoloBand alone = band_alone(band_);
            const double half = std::asinh(0.5 / alone.q);  // the edges lie hz / q apart, evenly in pitch
            const float left = std::max(gains_.x_of(alone.hz * std::exp(-half)), gains_.low().x),
                        right = std::min(gains_.x_of(alone.hz * std::exp(half)), gains_.high().x);
            draw.AddRectFilled({left, gains_.low().y}, {right, gains_.high().y}, with_alpha(look().caution, 0.18f));
        }
        const ImU32 colour = band_.bypass ? look().faint_text : look().master;
        draw.AddCircleFilled(at_, px(is_lit ? 6 : 5), with_alpha(colour, band_.bypass ? 0.4f : 0.95f));
        draw.AddCircle(at_, px(is_lit ? 6 : 5), look().panel, 0, px(1));
        ImGui::PushFont(font(Type::small));
        draw_text({at_.x, at_.y - px(21)}, look().text, key_, 0.5f);
        ImGui::PopFont();
    }

    Studio& studio_;
    const PlotArea& gains_;
    const EqBand& band_;
    std::string key_, path_;
    ImVec2 at_;
};

}  // namespace

bool handle_bands(Studio& studio, const PlotArea& gains, const EditedEq& eq) {
    const std::uint64_t revision = studio.document->revision();
    bool any = false;
    for (std::size_t i = 0; i < eq.settings.bands.size() && studio.document->revision() == revision; ++i)
        any |= BandHandle(studio, gains, eq, i).handle();
    const std::optional<SoloBand>& alone = studio.pointed_band;
    name_place("eq/alone", gains.low(), gains.low(),
               alone ? fmt::format("{:.6g} {:.6g}", alone->hz, alone->q) : "none");
    return any;
}

void add_band(Studio& studio, const PlotArea& gains, const std::optional<EditedEq>& eq) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const std::string row = fmt::format("{{ type = \"bell\", hz = {:.4g}, gain_db = {:.1f}, q = 1.0 }}",
                                        gains.x_at(mouse.x), std::clamp(gains.y_at(mouse.y), -reach_db, reach_db));
    if (eq)
        studio.edit("add an EQ band", {Edit::insert(eq->id + ".bands", row)});
    else
        studio.edit("add an equaliser", {Edit::insert("chain", "{ type = \"eq\", bands = [ " + row + " ] }", 0)});
}

}  // namespace lathe
