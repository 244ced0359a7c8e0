// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/views/studio.h"

/// The panels, each drawn into the child window that is open. None knows another; all look at the Studio.
namespace lathe {

void draw_transport(Studio& studio);
void draw_album(Studio& studio);
/// Below the tracks: references, totals, masters.
void draw_album_foot(Studio& studio);
float album_foot_height(const Studio& studio);
/// The master on screen is chosen here, with its targets and what it leaves out.
void draw_masters(Studio& studio);
float masters_height(const Studio& studio);
void draw_overview(Studio& studio);
/// The page of keys.
void draw_help(Studio& studio);
void draw_spectrum(Studio& studio);
void draw_compare(Studio& studio);
void draw_deliver(Studio& studio);
void draw_spectrogram(Studio& studio);
void draw_resonance_view(Studio& studio);
void draw_chain(Studio& studio);
void draw_meters(Studio& studio);
void draw_status(Studio& studio);
void draw_welcome(Studio& studio);

}  // namespace lathe
