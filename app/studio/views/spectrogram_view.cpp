// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/model/tile_choice.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/gl_tiles.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/colour_bar.h"
#include "app/studio/views/panels.h"
#include "app/studio/views/piano_ruler.h"
#include "app/studio/views/time_hand.h"

namespace lathe {
namespace {

using Tiles = std::shared_ptr<const SpectrogramTiles>;

/// What is on screen, and how.
struct SpectrogramLook {
    LevelColours levels;
    SpectrogramSettings settings;
    Tiles last;          ///< stays, dimmed, until the next one is there
    double start_s = 0;  ///< where the track's time begins in it
    std::string of_track, master_key;
    GlTiles textures;
} shown;

bool shows_source(const Studio& studio) { return studio.monitoring.slot == Slot::source; }

std::string key_of(const Sound& sound) {
    return fmt::format("spectrogram {} {}", shown.settings.reassigned, sound.key());
}

Tiles source_tiles(Studio& studio) {
    const Sound source = studio.source_sound();
    return studio.pictures.value<SpectrogramTiles>(
        key_of(source),
        [path = source.path, settings = shown.settings, cache = studio.settings.cache,
         folder = studio.settings.cache_folder](const Cancel& cancel) -> Tiles {
            return std::make_shared<FileTiles>(FileSpectrogram::Settings{path, settings, folder}, cache, cancel);
        });
}

Tiles master_tiles(Studio& studio) {
    const TrackMaster* const landed = studio.current_master();
    if (!landed || !landed->is_final) return nullptr;
    const Sound master = studio.master_sound();
    const std::string key = key_of(master);
    if (key != shown.master_key) studio.pictures.forget(std::exchange(shown.master_key, key));
    return studio.pictures.value<SpectrogramTiles>(key,
                                                   [master, settings = shown.settings](const Cancel& cancel) -> Tiles {
                                                       return std::make_shared<MemoryTiles>(master, settings, cancel);
                                                   });
}

std::shared_ptr<const SpectrogramTile> tile_of(Studio& studio, const Tiles& tiles, TilePlace place) {
    return studio.pictures.value<SpectrogramTile>(
        fmt::format("tile {} {} {}", tiles->id(), place.level, place.index), [tiles, place](const Cancel& cancel) {
            return std::make_shared<const SpectrogramTile>(tiles->tile(place.level, place.index, cancel));
        });
}

/// Asks for the tiles that are wanted, the one that shows all first.
void fetch(Studio& studio, const Tiles& tiles, const TileChoice& choice) {
    const auto want = [&](TilePlace place) {
        const TileKey key{tiles->id(), place.level, place.index};
        if (shown.textures.holds(key)) return;
        if (const auto tile = tile_of(studio, tiles, place)) shown.textures.bring(key, tile);
    };
    want({tiles->levels() - 1, 0});
    for (std::int64_t i = 0; i < choice.count; ++i) want({choice.level, choice.first + i});
}

void draw_picture(const PlotArea& area, const SpectrogramTiles& tiles, const TileChoice& choice, bool is_current) {
    const LogGrid& grid = tiles.grid();
    GlTiles::Picture picture;
    picture.id = tiles.id();
    picture.level = choice.level;
    picture.levels = tiles.levels();
    picture.first_tile = choice.first;
    picture.tile_count = choice.count;
    picture.column_count = tiles.columns(choice.level);
    picture.row_count = tiles.rows();
    picture.from_column = choice.from_column;
    picture.to_column = choice.to_column;
    picture.from_row = grid.point(area.y_at(area.high().y));
    picture.to_row = grid.point(area.y_at(area.low().y));
    picture.code_db = {spectrogram_db(0), spectrogram_db(255)};
    picture.shown_db = shown.levels.range_db;
    picture.tilt_db_row = shown.levels.slope_db_oct / grid.per_octave;
    picture.level_row = grid.point(1000);
    picture.strength = is_current ? 1 : 0.4f;
    shown.textures.set_colours(theme_level_colours());
    shown.textures.draw(picture, area.low(), area.high(), look().panel);
}

void draw_readout(const PlotArea& area, const std::string& text) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const ImVec2 size = ImGui::CalcTextSize(text.c_str()), low{area.low().x + px(8), area.low().y + px(8)};
    const ImVec2 high{low.x + size.x + px(12), low.y + size.y + px(6)};
    draw.AddRectFilled(low, high, with_alpha(look().panel, 0.85f), px(3));
    draw_text({low.x + px(6), low.y + px(3)}, look().text, text);
    name_place("spectrogram/readout", low, high, text);
}

/// What is under the pointer, and the loudest partial above and below it.
void read_out(Studio& studio, const PlotArea& area, const Tiles& tiles, const TileChoice& choice, double start_s) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const double at_s = area.x_at(mouse.x), hz = area.y_at(mouse.y);
    std::string text =
        fmt::format("{}   {} ({})", time_text(std::max(at_s, 0.0), true), quantity_text(hz, "Hz"), note_text(hz));
    const auto column = static_cast<std::int64_t>(std::floor((at_s + start_s) / tiles->hop_s(choice.level)));
    if (column >= 0 && column < tiles->columns(choice.level)) {
        const std::int64_t wide = SpectrogramPyramid::tile_columns;
        if (const auto tile = tile_of(studio, tiles, {choice.level, column / wide})) {
            const auto rows = static_cast<std::size_t>(tiles->rows());
            const auto codes = std::span(*tile).subspan(static_cast<std::size_t>(column % wide) * rows, rows);
            const auto row = static_cast<std::size_t>(
                std::clamp(std::round(tiles->grid().point(hz)), 0.0, static_cast<double>(rows - 1)));
            const LoudestPartial loudest = loudest_partial(codes, tiles->grid());
            text += "   " + quantity_text(spectrogram_db(codes[row]), "dB");
            if (loudest.hz > 0) {
                text += fmt::format("      loudest: {} ({})  {}", quantity_text(loudest.hz, "Hz"),
                                    note_text(loudest.hz), quantity_text(loudest.level_db, "dB"));
                ImGui::GetWindowDrawList()->AddCircle({mouse.x, area.y_of(loudest.hz)}, px(4), look().text, 0,
                                                      px(1.5f));
            }
        }
    }
    draw_readout(area, text);
    area.upright(at_s, with_alpha(look().text, 0.3f));
    const float y = std::round(mouse.y);
    ImGui::GetWindowDrawList()->AddLine({area.low().x, y}, {area.high().x, y}, with_alpha(look().text, 0.3f));
}

void draw_marks(Studio& studio, const PlotArea& area) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    for (const double hz : {100.0, 1000.0, 10000.0}) area.level_line(hz, with_alpha(look().text, 0.12f));
    if (const auto found = studio.analyses.resonances(studio.source_sound()))
        for (const Resonance& r : found->resonances) {
            const float y = std::round(area.y_of(r.frequency_hz)), wide = px(10);
            const bool is_chosen = studio.chosen_resonance_hz == r.frequency_hz;
            const ImU32 colour = with_alpha(look().caution, static_cast<float>(0.35 + 0.65 * r.confidence));
            draw.AddLine({area.low().x, y}, {area.low().x + wide, y}, colour, px(1.5f));
            draw.AddLine({area.high().x - wide, y}, {area.high().x, y}, colour, px(1.5f));
            if (is_chosen) draw.AddLine({area.low().x, y}, {area.high().x, y}, with_alpha(look().caution, 0.6f));
        }
    if (studio.loop) {
        draw.PushClipRect(area.low(), area.high(), true);
        draw.AddRectFilled({area.x_of(studio.loop->from_s), area.low().y},
                           {area.x_of(studio.loop->to_s), area.high().y}, with_alpha(look().text, 0.12f));
        draw.PopClipRect();
    }
    area.upright(studio.playhead_s, look().text);
}

void draw_options(Studio& studio) {
    const float y = ImGui::GetCursorPosY() - ImGui::GetFrameHeightWithSpacing();
    const bool source = shows_source(studio);
    const float texts = ImGui::CalcTextSize(source ? "source" : "master").x + ImGui::CalcTextSize("reassigned").x;
    const float padding = 4 * ImGui::GetStyle().FramePadding.x + px(4) + ImGui::GetStyle().WindowPadding.x;
    ImGui::SetCursorPos({ImGui::GetWindowWidth() - texts - padding, y});
    if (toggle("spectrogram/signal", source ? "source" : "master", true,
               source ? "the source is shown, as it is heard; click for the master"
                      : "the master is shown, as it is heard; click for the source",
               source ? look().source : look().master))
        studio.monitoring.slot = source ? Slot::master : Slot::source;
    ImGui::SameLine(0, px(4));
    flip("spectrogram/reassigned", "reassigned", shown.settings.reassigned,
         "move energy to where it comes from: sharp lines instead of windows' widths");
}

}  // namespace

void draw_spectrogram(Studio& studio) {
    const Track* const track = studio.current_track();
    if (!track) return;
    draw_options(studio);
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const ImVec2 low{at.x + px(36), at.y + px(4)}, high{at.x + room.x - px(60), at.y + room.y - px(18)};
    if (high.y - low.y < px(40)) return;
    const bool source = shows_source(studio);
    const Tiles current = source ? source_tiles(studio) : master_tiles(studio);
    if (shown.of_track != track->id) shown.last = nullptr;
    shown.of_track = track->id;
    if (current) {
        shown.last = current;
        shown.start_s = source ? track->info.start.seconds_at(current->rate()) : 0;
    }
    double duration = studio.track_duration_s();
    if (duration <= 0 && shown.last)
        duration = static_cast<double>(shown.last->columns(0)) * shown.last->hop_s(0) - shown.start_s;
    duration = std::max(duration, 0.01);
    const TimeSpan span = studio.shown.value_or(TimeSpan{0, duration});
    const PlotArea area(low, high, time_axis({span.from_s, span.to_s}, 10), frequency_axis({20, 20000}));
    ImGui::InvisibleButton("spectrogram", {at.x + room.x - px(64) - at.x, high.y - at.y});
    const bool is_hovered = ImGui::IsItemHovered();
    name_place("spectrogram", low, high,
               fmt::format("{} {}", source ? "source" : "master",
                           current      ? "drawn"
                           : shown.last ? "dimmed"
                                        : "empty"));
    take_time_hand(studio, area, span, {0, duration});
    area.draw_axes();
    if (shown.last) {
        const TileChoice choice = choose_tiles(*shown.last, span.from_s + shown.start_s, span.to_s + shown.start_s,
                                               static_cast<int>(area.width()));
        fetch(studio, shown.last, choice);
        draw_picture(area, *shown.last, choice, current != nullptr);
        draw_marks(studio, area);
        if (is_hovered && area.holds(ImGui::GetIO().MousePos))
            read_out(studio, area, shown.last, choice, shown.start_s);
    } else {
        const std::string why =
            studio.pictures.why_none(key_of(source ? studio.source_sound() : studio.master_sound()));
        draw_text({(low.x + high.x) / 2, (low.y + high.y) / 2}, look().faint_text,
                  why.empty() ? "measuring\u2026" : why, 0.5f);
    }
    colour_bar("spectrogram/levels", shown.levels, {high.x + px(12), low.y}, {high.x + px(28), high.y});
}

}  // namespace lathe
