// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/report/album_report.h"

namespace lathe {

/// A report as one HTML page that needs nothing else: tables, charts as SVG in the page's colours, dark or light as the
/// reader's screen is, and laid out for paper too. The same bytes for the same render.
std::string report_page(const AlbumReport& report);

}  // namespace lathe
