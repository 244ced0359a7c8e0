// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/render/delivery_plan.h"

namespace lathe {

/// Throws InputError for two planned files of one name, or one that lies over a source.
void check_collisions(const Album& album, const DeliveryPlan& plan);

}  // namespace lathe
