// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "app/render/master_job.h"
#include "dsp/core/witness.h"

namespace lathe {

/// From this RMS on a render has failed its own proof, whatever it sounds like.
inline constexpr double residual_limit_dbfs = -130;

/// What a witness found, in dBFS. No witness, no certificate.
NullCertificate certificate_of(const Witness* witness);
/// The one that promises less.
NullCertificate worse_of(const NullCertificate& a, const NullCertificate& b);
bool holds(const NullCertificate& certificate);

/// master: what job made with its solved gain. Renders the same in double from the sources on, and compares every
/// frame.
template <class Sample>
NullCertificate certify_whole(const MasterJob<Sample>& job, const StoredAudio<Sample>& master,
                              MasterRunner<Sample>& runner);

}  // namespace lathe
