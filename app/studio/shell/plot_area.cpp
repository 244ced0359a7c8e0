// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/plot_area.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "app/studio/shell/look.h"

namespace lathe {

PlotArea::PlotArea(ImVec2 low, ImVec2 high, Axis x, Axis y)
    : low_(low), high_(high), x_(std::move(x)), y_(std::move(y)) {}

float PlotArea::x_of(double value) const { return low_.x + static_cast<float>(x_.place(value)) * width(); }
float PlotArea::y_of(double value) const { return high_.y - static_cast<float>(y_.place(value)) * height(); }

double PlotArea::x_at(float pixel) const {
    const double at = static_cast<double>((pixel - low_.x) / width());
    if (x_.is_logarithmic) return x_.range.low * std::pow(x_.range.high / x_.range.low, at);
    return x_.range.low + at * (x_.range.high - x_.range.low);
}
double PlotArea::y_at(float pixel) const {
    const double at = static_cast<double>((high_.y - pixel) / height());
    if (y_.is_logarithmic) return y_.range.low * std::pow(y_.range.high / y_.range.low, at);
    return y_.range.low + at * (y_.range.high - y_.range.low);
}
bool PlotArea::holds(ImVec2 p) const { return p.x >= low_.x && p.x < high_.x && p.y >= low_.y && p.y < high_.y; }

void PlotArea::draw_axes(bool with_x_labels) const {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    ImGui::PushFont(font(Type::small));
    const float line_height = ImGui::GetFontSize();
    float label_end = -1e9f;
    for (const Tick& tick : x_.ticks) {
        const float x = std::round(low_.x + static_cast<float>(tick.at) * width());
        draw.AddLine({x, low_.y}, {x, high_.y}, tick.strong ? look().strong_grid : look().grid);
        if (tick.label.empty() || !with_x_labels) continue;
        const float half = ImGui::CalcTextSize(tick.label.c_str()).x / 2;
        const float centre = std::clamp(x, low_.x + half, high_.x - half);
        if (centre - half < label_end) continue;
        draw_text({centre, high_.y + px(2)}, look().faint_text, tick.label, 0.5f);
        label_end = centre + half + px(8);
    }
    float last = high_.y + line_height;
    for (const Tick& tick : y_.ticks) {
        const float y = std::round(high_.y - static_cast<float>(tick.at) * height());
        draw.AddLine({low_.x, y}, {high_.x, y}, tick.strong ? look().strong_grid : look().grid);
        if (tick.label.empty() || last - y < line_height * 1.1f) continue;
        const float top = std::clamp(y - line_height / 2, low_.y, high_.y - line_height);
        draw_text({low_.x - px(4), top}, look().faint_text, tick.label, 1);
        last = y;
    }
    ImGui::PopFont();
}

void PlotArea::fill_between(std::span<const float> low, std::span<const float> high, ImU32 colour) const {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect(low_, high_, true);
    for (std::size_t i = 0; i < low.size(); ++i) {
        if (std::isnan(low[i]) || std::isnan(high[i])) continue;
        const float x = low_.x + static_cast<float>(i), top = y_of(static_cast<double>(high[i]));
        const float bottom = std::max(y_of(static_cast<double>(low[i])), top + 1);
        draw.AddRectFilled({x, top}, {x + 1, bottom}, colour);
    }
    draw.PopClipRect();
}

void PlotArea::curve(std::span<const double> x, std::span<const double> y, ImU32 colour, float points) const {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect(low_, high_, true);
    std::vector<ImVec2> run;
    const auto flush = [&] {
        if (run.size() > 1) draw.AddPolyline(run.data(), static_cast<int>(run.size()), colour, 0, px(points));
        run.clear();
    };
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (std::isnan(y[i])) {
            flush();
            continue;
        }
        const double far = y_.range.high - y_.range.low;
        const double held = std::clamp(y[i], y_.range.low - far, y_.range.high + far);
        run.push_back({x_of(x[i]), y_of(held)});
    }
    flush();
    draw.PopClipRect();
}

void PlotArea::level_line(double y, ImU32 colour) const {
    if (y < y_.range.low || y > y_.range.high) return;
    const float at = std::round(y_of(y));
    ImGui::GetWindowDrawList()->AddLine({low_.x, at}, {high_.x, at}, colour);
}

void PlotArea::upright(double x, ImU32 colour) const {
    if (x < x_.range.low || x > x_.range.high) return;
    const float at = std::round(x_of(x));
    ImGui::GetWindowDrawList()->AddLine({at, low_.y}, {at, high_.y}, colour);
}

void draw_text(ImVec2 at, ImU32 colour, const std::string& text, float align) {
    if (align != 0) at.x -= align * ImGui::CalcTextSize(text.c_str()).x;
    ImGui::GetWindowDrawList()->AddText({std::round(at.x), std::round(at.y)}, colour, text.c_str());
}

std::string shortened(std::string text, float width) {
    const auto fits = [&](const std::string& shown) { return ImGui::CalcTextSize(shown.c_str()).x <= width; };
    if (fits(text)) return text;
    constexpr const char* cut = "\u2026";
    while (!text.empty() && !fits(text + cut)) {
        while ((static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();  // the rest of a character
        text.pop_back();
    }
    return text + cut;
}

void draw_panel_title(const char* title) {
    ImGui::PushFont(font(Type::small));
    ImGui::PushStyleColor(ImGuiCol_Text, look().faint_text);
    ImGui::TextUnformatted(title);
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

}  // namespace lathe
