// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <span>

#include "app/studio/shell/plot_area.h"
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/chain_gains.h"

/// What a processor's strip in the chain panel shows when it is open.
namespace lathe {

/// A processor as this song meets it; a copy, so that it outlives the edits of its own controls.
struct Strip {
    ChainEntry entry;
    std::string path;   ///< its settings' in edits: "eq", "track.one.chain.eq"
    std::string named;  ///< for scripts: "chain/eq"
    bool is_albums = true;
    const ProcessorGains* gains = nullptr;  ///< null: nothing is known, or it has none
};

/// A setting of the strip, or of a row in it: fields of settings, reached by path.
struct SettingPlace {
    std::string path;  ///< "eq.bands.mud"
    Fields fields;
    const void* settings;
};

/// Does with a setting what a hand did with its control: for the album, or this song where the strip may differ by it.
void apply(Studio& studio, const Strip& strip, const Handled& handled, const std::string& setting);
/// Several values as one edit.
void apply(Studio& studio, const Strip& strip, const std::string& what,
           std::initializer_list<std::pair<std::string, std::string>> values);
Owner owner_of(const Studio& studio, const Strip& strip, const std::string& setting);

/// One setting on a row of its own.
void draw_setting(Studio& studio, const Strip& strip, const SettingPlace& place, std::string_view name);
/// All of a place's settings: those named first, then, apart, the others but those in `without`.
void draw_settings(Studio& studio, const Strip& strip, const SettingPlace& place,
                   std::initializer_list<std::string_view> first, std::initializer_list<std::string_view> without = {});
SettingPlace place_of(const Strip& strip);
/// Mix, channel and note: what every processor has.
void draw_common_settings(Studio& studio, const Strip& strip);

/// Room for a plot over the strip's width, with its ground drawn; low and high: inside its labels.
struct PlotBox {
    ImVec2 low, high;
};
PlotBox plot_box(const std::string& name, float height_points, float left_points, float bottom_points);

void draw_eq_strip(Studio& studio, const Strip& strip, const EqSettings& eq);
void draw_multiband_strip(Studio& studio, const Strip& strip, const MultibandSettings& multiband);
void draw_compressor_strip(Studio& studio, const Strip& strip, const CompressorSettings& compressor);
void draw_limiter_strip(Studio& studio, const Strip& strip);
void draw_clipper_strip(Studio& studio, const Strip& strip, const ClipperSettings& clipper);
void draw_reverb_strip(Studio& studio, const Strip& strip, const ReverbSettings& reverb);
void draw_stereo_strip(Studio& studio, const Strip& strip);
void draw_gain_strip(Studio& studio, const Strip& strip);
/// Whichever it is.
void draw_strip_body(Studio& studio, const Strip& strip);

}  // namespace lathe
