// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/time_point.h"
namespace lathe {}
