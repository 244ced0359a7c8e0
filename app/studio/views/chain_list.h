// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <imgui.h>

#include "app/studio/views/studio.h"

namespace lathe {

/// A chain as a list that a hand orders: what it holds, and the edits that change its order.
class ChainList {
public:
    /// own_track: whose own chain it is; empty: the album's.
    ChainList(const std::vector<ChainSlot>& slots, std::string own_track);

    std::size_t size() const { return slots_.size(); }
    const ChainSlot& slot(std::size_t i) const { return slots_[i]; }
    const std::string& own_track() const { return own_track_; }
    /// For scripts: "chain/eq", "chain/gain_point", "song/eq".
    std::string name_of(std::size_t i) const;

    void remove(Studio& studio, std::size_t i) const;
    /// Makes the item just submitted one that can be dragged, and one that another can be dropped before or behind.
    void take_drag(Studio& studio, std::size_t i, ImVec2 low, ImVec2 high) const;
    /// "add …" with every type of processor.
    void draw_add(Studio& studio) const;

private:
    std::string list_path() const;
    std::string entry_path(std::size_t i) const;
    void move(Studio& studio, std::size_t from, std::size_t before) const;
    void add(Studio& studio, std::string_view type) const;

    const std::vector<ChainSlot>& slots_;
    std::string own_track_;
};

}  // namespace lathe
