// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/look.h"

#include <array>
#include <cmath>
#include <filesystem>

namespace lathe {
namespace {

constexpr ImU32 rgb(unsigned value, unsigned alpha = 255) {
    return IM_COL32((value >> 16) & 255, (value >> 8) & 255, value & 255, alpha);
}

const Look* current = &dark_look;
float scale_now = 1;
std::array<ImFont*, 3> fonts{};
constexpr std::array<float, 3> type_points{11.5f, 13, 20};

/// The type, and what has the signs that it lacks.
constexpr std::array<const char*, 3> type_files{
    "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
    "/usr/share/fonts/truetype/roboto/unhinted/Roboto-Regular.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"};
constexpr const char* sign_file = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
constexpr ImWchar letters[] = {0x20, 0x24f, 0x370, 0x52f, 0x2010, 0x2044, 0x20ac, 0x20ac, 0};
constexpr ImWchar signs[] = {0x2000, 0x200f, 0x2190, 0x21ff, 0x2200, 0x22ff, 0x2300, 0x23ff,
                             0x25a0, 0x25ff, 0x2600, 0x26ff, 0x2700, 0x27bf, 0};

void load_fonts(float scale) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Clear();
    const char* file = nullptr;
    for (const char* candidate : type_files)
        if (!file && std::filesystem::exists(candidate)) file = candidate;
    for (std::size_t i = 0; i < fonts.size(); ++i) {
        const float pixels = std::round(type_points[i] * scale);
        ImFontConfig config;
        config.OversampleH = 2;
        config.OversampleV = 1;
        config.SizePixels = pixels;
        fonts[i] = file ? atlas.AddFontFromFileTTF(file, pixels, &config, letters) : atlas.AddFontDefault(&config);
        if (!std::filesystem::exists(sign_file)) continue;
        ImFontConfig merge = config;
        merge.MergeMode = true;
        atlas.AddFontFromFileTTF(sign_file, pixels, &merge, signs);
    }
}

ImVec4 colour(ImU32 value, float alpha = 1) {
    ImVec4 v = ImGui::ColorConvertU32ToFloat4(value);
    v.w *= alpha;
    return v;
}

void set_style(const Look& l, float scale) {
    ImGuiStyle style;
    style.WindowRounding = style.ChildRounding = 0;
    style.FrameRounding = style.GrabRounding = style.PopupRounding = 3;
    style.WindowPadding = {8, 8};
    style.FramePadding = {6, 3};
    style.ItemSpacing = {8, 4};
    style.ItemInnerSpacing = {4, 4};
    style.ScrollbarSize = 10;
    style.WindowBorderSize = style.ChildBorderSize = 0;
    style.PopupBorderSize = 1;
    style.ScaleAllSizes(scale);
    const auto set = [&](ImGuiCol what, ImU32 value, float alpha = 1) { style.Colors[what] = colour(value, alpha); };
    set(ImGuiCol_Text, l.text);
    set(ImGuiCol_TextDisabled, l.faint_text);
    set(ImGuiCol_WindowBg, l.window);
    set(ImGuiCol_ChildBg, l.panel);
    set(ImGuiCol_PopupBg, l.raised);
    set(ImGuiCol_Border, l.line);
    set(ImGuiCol_FrameBg, l.raised);
    set(ImGuiCol_FrameBgHovered, l.line);
    set(ImGuiCol_FrameBgActive, l.line);
    set(ImGuiCol_TitleBg, l.panel);
    set(ImGuiCol_TitleBgActive, l.panel);
    set(ImGuiCol_ScrollbarBg, l.panel, 0);
    set(ImGuiCol_ScrollbarGrab, l.line);
    set(ImGuiCol_ScrollbarGrabHovered, l.faint_text, 0.6f);
    set(ImGuiCol_ScrollbarGrabActive, l.faint_text);
    set(ImGuiCol_CheckMark, l.master);
    set(ImGuiCol_SliderGrab, l.faint_text);
    set(ImGuiCol_SliderGrabActive, l.master);
    set(ImGuiCol_Button, l.raised);
    set(ImGuiCol_ButtonHovered, l.line);
    set(ImGuiCol_ButtonActive, l.master, 0.5f);
    set(ImGuiCol_Header, l.raised);
    set(ImGuiCol_HeaderHovered, l.line);
    set(ImGuiCol_HeaderActive, l.line);
    set(ImGuiCol_Separator, l.line);
    set(ImGuiCol_TextSelectedBg, l.master, 0.4f);
    set(ImGuiCol_DragDropTarget, l.master);
    set(ImGuiCol_NavHighlight, l.master);
    set(ImGuiCol_TableHeaderBg, l.raised);
    set(ImGuiCol_TableBorderStrong, l.line);
    set(ImGuiCol_TableBorderLight, l.line);
    set(ImGuiCol_TableRowBg, l.panel, 0);
    set(ImGuiCol_TableRowBgAlt, l.raised, 0.4f);
    ImGui::GetStyle() = style;
}

}  // namespace

const Look dark_look{.window = rgb(0x101010),
                     .panel = rgb(0x191919),
                     .raised = rgb(0x262626),
                     .line = rgb(0x3a3a3a),
                     .text = rgb(0xe4e4e2),
                     .faint_text = rgb(0xa2a2a0),
                     .on_accent = rgb(0x141414),
                     .grid = rgb(0xffffff, 18),
                     .strong_grid = rgb(0xffffff, 46),
                     .source = rgb(0x86a6c4),
                     .master = rgb(0xe8a33d),
                     .reference = rgb(0x2fb5a2),
                     .broken = rgb(0xf0604d),
                     .good = rgb(0x74b85c),
                     .caution = rgb(0xe6c84a),
                     .is_dark = true};
const Look light_look{.window = rgb(0xe4e4e2),
                      .panel = rgb(0xf6f6f4),
                      .raised = rgb(0xe9e9e6),
                      .line = rgb(0xc6c6c2),
                      .text = rgb(0x1c1c1c),
                      .faint_text = rgb(0x595957),
                      .on_accent = rgb(0xffffff),
                      .grid = rgb(0x000000, 22),
                      .strong_grid = rgb(0x000000, 56),
                      .source = rgb(0x44698c),
                      .master = rgb(0x9c5f00),
                      .reference = rgb(0x00756a),
                      .broken = rgb(0xb3261e),
                      .good = rgb(0x2f7d1f),
                      .caution = rgb(0x806600),
                      .is_dark = false};

const Look& look() { return *current; }
float look_scale() { return scale_now; }
float px(float points) { return std::round(points * scale_now); }
ImFont* font(Type type) { return fonts[static_cast<std::size_t>(type)]; }

ImU32 with_alpha(ImU32 colour, float alpha) {
    const auto a = static_cast<ImU32>(static_cast<float>(colour >> IM_COL32_A_SHIFT & 255) * alpha + 0.5f);
    return (colour & ~IM_COL32_A_MASK) | a << IM_COL32_A_SHIFT;
}

void set_look(bool dark, float scale) {
    current = dark ? &dark_look : &light_look;
    if (scale != scale_now || !fonts[0]) load_fonts(scale);
    scale_now = scale;
    set_style(*current, scale);
}

}  // namespace lathe
