// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/inline_array.h"

#include <algorithm>

#include "app/session/text_lines.h"

namespace lathe {
namespace {

bool has_comment(std::string_view between) { return between.find('#') != std::string_view::npos; }
bool has_line_end(std::string_view between) { return between.find('\n') != std::string_view::npos; }

/// What stands between two rows, without the comma there; one in a comment stays.
std::string without_comma(std::string between) {
    for (std::size_t i = 0; i < between.size(); ++i) {
        if (between[i] == '#') i = std::min(between.find('\n', i), between.size());
        if (i < between.size() && between[i] == ',') return between.erase(i, 1);
    }
    return between;
}

/// Spaces and tabs at the end, where a line begins in front of them.
std::size_t indent_behind_line_end(std::string_view between) {
    const std::size_t last = between.find_last_not_of(" \t");
    return last != std::string_view::npos && between[last] == '\n' ? between.size() - last - 1 : 0;
}

/// Two pieces one behind the other, with one line end where they meet.
std::string joined(std::string first, const std::string& second) {
    if (first.ends_with('\n') && second.starts_with('\n')) first.pop_back();
    return first + second;
}

bool at_line_begin(std::string_view text) {
    const std::size_t last = text.find_last_not_of(" \t");
    return last != std::string_view::npos && text[last] == '\n';
}

template <class T>
auto place_in(std::vector<T>& list, std::size_t index) {
    return list.begin() + static_cast<std::ptrdiff_t>(index);
}

}  // namespace

InlineArray::InlineArray(std::string_view text, TextSpan value) {
    const std::vector<TextSpan> elements = array_elements(text, value);
    rows_.resize(elements.size());
    gaps_.resize(elements.size() + 1);
    for (std::size_t i = 0; i <= elements.size(); ++i) {
        const std::size_t begin = i == 0 ? value.begin + 1 : elements[i - 1].end;
        const std::size_t end = i < elements.size() ? elements[i].begin : value.end - 1;
        const std::string_view between = text.substr(begin, end - begin);
        if (i == 0)
            gaps_[i].post = between;
        else
            split_trail(between, indent_at(text, line_begin(text, elements[i - 1].begin)), gaps_[i], rows_[i - 1]);
        if (i == elements.size()) break;
        rows_[i].body = text.substr(elements[i].begin, elements[i].end - elements[i].begin);
        split_lead(gaps_[i], rows_[i]);
    }
}

void InlineArray::split_trail(std::string_view between, std::size_t row_indent, Gap& gap, Row& before) const {
    std::size_t end = std::min(between.find('\n'), between.size());
    const std::string_view line = between.substr(0, end);
    const std::size_t hash = line.find('#');
    if (hash == std::string_view::npos) {
        const std::size_t comma = line.find(',');
        gap.pre = line.substr(0, comma == std::string_view::npos ? 0 : comma + 1);
        gap.post = between.substr(gap.pre.size());
        return;
    }
    gap.pre = line.substr(0, hash);
    gap.pre.erase(std::min(gap.pre.find_last_not_of(" \t") + 1, gap.pre.size()));
    while (end + 1 < between.size() && is_comment_line(between, end + 1) && indent_at(between, end + 1) > row_indent)
        end = between.find('\n', end + 1);
    before.trail = between.substr(gap.pre.size(), end - gap.pre.size());
    gap.post = between.substr(end);
}

void InlineArray::split_lead(Gap& gap, Row& next) const {
    const std::size_t indent = indent_behind_line_end(gap.post);
    gap.indent = gap.post.substr(gap.post.size() - indent);
    gap.post.erase(gap.post.size() - indent);
    if (!gap.post.ends_with('\n')) return;
    const std::string_view post = gap.post;
    std::size_t lead = post.size();
    while (true) {
        const std::size_t above = lead < 2 ? std::string_view::npos : post.rfind('\n', lead - 2);
        if (above == std::string_view::npos || !is_comment_line(post, above + 1) || indent_at(post, above + 1) > indent)
            break;
        lead = above + 1;
    }
    next.lead = gap.post.substr(lead);
    gap.post.erase(lead);
}

void InlineArray::insert_first(std::string body) {
    Gap& inside = gaps_.front();
    Gap closing;
    if (has_comment(inside.post)) {
        inside.post.erase(inside.post.size() - indent_behind_line_end(inside.post));
        closing.post = "\n";
    } else {
        inside.post = closing.post = " ";
    }
    rows_.push_back({{}, std::move(body), {}});
    gaps_.push_back(std::move(closing));
}

void InlineArray::insert(std::size_t at, std::string body) {
    if (rows_.empty()) return insert_first(std::move(body));
    const Gap& like = rows_.size() == 1 ? gaps_.front() : gaps_[std::clamp<std::size_t>(at, 1, rows_.size() - 1)];
    const std::string spaces = has_comment(like.post) ? " " : without_comma(like.post);
    Gap gap{",", has_line_end(like.post) ? "\n" : spaces, like.indent};
    gaps_.insert(place_in(gaps_, at < rows_.size() ? at + 1 : at), std::move(gap));
    rows_.insert(place_in(rows_, at), {{}, std::move(body), {}});
}

void InlineArray::remove(std::size_t index) {
    const bool is_last = index + 1 == rows_.size();
    Gap& gone = gaps_[is_last ? index : index + 1];
    Gap& stays = gaps_[is_last ? index + 1 : index];
    if (rows_.size() == 1) {
        Gap inside{{}, gaps_[0].post + without_comma(gaps_[1].post), {}};
        if (!has_comment(inside.post)) inside.post.clear();
        rows_.clear();
        gaps_ = {std::move(inside)};
        return;
    }
    if (has_comment(gone.post)) {
        const std::string comments = without_comma(gone.post);
        stays.post = is_last ? joined(comments, stays.post) : joined(stays.post, comments);
    }
    gaps_.erase(place_in(gaps_, is_last ? index : index + 1));
    rows_.erase(place_in(rows_, index));
}

void InlineArray::move(std::size_t from, std::size_t to) {
    const auto at = [&](std::size_t index) { return place_in(rows_, index); };
    if (from < to)
        std::rotate(at(from), at(from + 1), at(to + 1));
    else
        std::rotate(at(to), at(from), at(from + 1));
}

std::string InlineArray::text() const {
    std::string out = "[";
    for (std::size_t i = 0; i < gaps_.size(); ++i) {
        const Gap& gap = gaps_[i];
        const bool has_trail = i > 0 && !rows_[i - 1].trail.empty();
        out += gap.pre;
        if (has_trail) out += rows_[i - 1].trail;
        if (has_trail && !gap.post.starts_with('\n')) out += '\n';
        out += gap.post;
        if (i == rows_.size()) break;
        const Row& row = rows_[i];
        if (!row.lead.empty() && !at_line_begin(out)) out += '\n';
        out += row.lead + gap.indent;
        if (!row.lead.empty() && gap.indent.empty()) out.append(row.lead, 0, indent_at(row.lead, 0));
        out += row.body;
    }
    return out + "]";
}

}  // namespace lathe
