// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>

#include "app/render/reel_delivery.h"

namespace lathe {

/// Content address of what a stream's files hold: its masters, how they are laid, cut, tagged and written, where, and
/// the sources that the program was built from.
template <class Sample>
std::string stream_key(const PlannedStream& stream, std::span<MasterJob<Sample>* const> jobs, Certify certify,
                       MonoWeight mono);

/// What became of a stream, its files in place, so that a later render need not make it again.
nlohmann::json record_of(const DeliveredStream& delivered);
/// The same out of the record, if every file of the stream is still the one that was written: its size and time of
/// change, or else its SHA-256.
std::optional<DeliveredStream> delivered_from(const nlohmann::json& record, const PlannedStream& stream);

}  // namespace lathe
