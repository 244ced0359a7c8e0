// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/views/studio.h"

namespace lathe {

/// What a key does while a blind test is on; false: nothing. 'A', 'B', 'X': what is heard; '1', '2': the answer;
/// ends: whether it ends the test.
bool take_blind_key(Studio& studio, int key, bool ends);

/// X is said to be that.
void answer_blind_test(Studio& studio, BlindTest::Side side);

}  // namespace lathe
