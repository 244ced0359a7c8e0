// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/field.h"

#include <array>
#include <cmath>

#include "tests/support/catch.h"

namespace lathe {
namespace {

enum class Colour { red, green };
constexpr std::array<std::string_view, 2> colours{"red", "green"};

struct Row {
    double hz = 1;
    static Fields fields();
};
struct Everything {
    bool on = false;
    double level = 0;
    int count = 0;
    std::optional<double> maybe;
    NumberOrWord release;
    Colour colour = Colour::red;
    std::string text;
    TimePoint start;
    std::optional<TimePoint> end;
    std::vector<double> numbers;
    std::vector<std::string> words;
    std::vector<Row> rows;
    static Fields fields();
};

Fields Row::fields() {
    static constexpr Field list[] = {number_field<&Row::hz>("hz", "Hz", 1, 100, "")};
    return list;
}
Fields Everything::fields() {
    static constexpr std::string_view auto_word[] = {"auto"};
    static constexpr Field list[] = {
        bool_field<&Everything::on>("on", ""),
        number_field<&Everything::level>("level_db", "dB", -unbounded, 24, ""),
        number_field<&Everything::count>("count", "", 1, 8, ""),
        number_field<&Everything::maybe>("maybe", "", 0, 1, ""),
        number_field<&Everything::release>("release_ms", "ms", 1, 500, "", auto_word),
        choice_field<&Everything::colour, colours>("colour", ""),
        text_field<&Everything::text>("text", ""),
        time_field<&Everything::start>("start", ""),
        time_field<&Everything::end>("end", ""),
        number_list_field<&Everything::numbers>("numbers", "Hz", 10, 1000, 1, 3, ""),
        text_list_field<&Everything::words>("words", ""),
        tables_field<&Everything::rows>("rows", 1, 4, ""),
    };
    return list;
}

std::string complaint(std::string_view name, const Value& value) {
    return why_not(*find_field(Everything::fields(), name), value).value_or("");
}

}  // namespace

TEST_CASE("field: what is set is got back, for every kind", "[core]") {
    Everything s;
    const std::vector<std::pair<std::string_view, Value>> values{
        {"on", true},
        {"level_db", -3.5},
        {"count", 7.0},
        {"maybe", 0.25},
        {"maybe", Value()},
        {"release_ms", 120.0},
        {"release_ms", std::string("auto")},
        {"colour", std::string("green")},
        {"text", std::string("a \"b\"")},
        {"start", 1.5},
        {"start", std::string("441000s")},
        {"end", 0.25},
        {"end", Value()},
        {"numbers", std::vector<double>{20, 30}},
        {"words", std::vector<std::string>{"x", ""}},
    };
    for (const auto& [name, value] : values) {
        CAPTURE(name, to_toml(value));
        const Field* field = find_field(Everything::fields(), name);
        REQUIRE(field);
        CHECK(why_not(*field, value) == std::nullopt);
        field->set(&s, value);
        CHECK(field->get(&s) == value);
    }
    const Field* rows = find_field(Everything::fields(), "rows");
    rows->resize(&s, 3);
    CHECK(rows->count(&s) == 3);
    static_cast<Row*>(rows->row(&s, 2))->hz = 50;
    CHECK(s.rows[2].hz == 50);
}

TEST_CASE("field: what it cannot take it says, and what to write", "[core]") {
    CHECK(complaint("level_db", 30.0) == "must be at most 24 dB, not 30");
    CHECK(complaint("level_db", -unbounded) == "");
    CHECK(complaint("level_db", std::nan("")) == "must be a number, not nan");
    CHECK(complaint("level_db", std::string("-3 dB")) == "must be a number without quotes or unit: -3, not \"-3 dB\"");
    CHECK(complaint("level_db", std::string("loud")) == "must be a number, not \"loud\"");
    CHECK(complaint("level_db", true) == "must be a number");
    CHECK(complaint("count", 9.0) == "must be 1 to 8, not 9");
    CHECK(complaint("count", 1.5) == "must be a whole number");
    CHECK(complaint("count", std::string("2")) == "must be a whole number without quotes or unit: 2, not \"2\"");
    CHECK(complaint("maybe", Value()) == "");
    CHECK(complaint("level_db", Value()) == "must have a value");
    CHECK(complaint("release_ms", std::string("fast")) == "must be a number or \"auto\", not \"fast\"");
    CHECK(complaint("release_ms", 1000.0) == "must be 1 to 500 ms, not 1000");
    CHECK(complaint("colour", std::string("gren")) == "cannot be \"gren\"; did you mean \"green\"? (red, green)");
    CHECK(complaint("colour", 1.0) == "must be one of red, green, in quotes");
    CHECK(complaint("text", 1.0) == "must be text, in quotes");
    CHECK(complaint("on", 1.0) == "must be true or false");
    CHECK(complaint("start", -1.0) ==
          "must be a time: seconds (1.5), \"m:ss.fff\", \"h:mm:ss.fff\" or samples (\"441000s\")");
    CHECK(complaint("start", std::nan("")) != "");
    CHECK(complaint("start", std::string("1:5")) != "");
    CHECK(complaint("numbers", std::vector<double>{5}) == "must be 10 to 1000 Hz, not 5");
    CHECK(complaint("numbers", std::vector<double>{}) == "must have 1 to 3 entries, not 0");
    CHECK(complaint("numbers", 5.0) == "must be a list of numbers, as [1, 2]");
    CHECK(complaint("words", std::string("a")) == "must be a list of texts, as [\"a\", \"b\"]");
    CHECK(complaint("rows", 1.0) == "must be a list of tables, as [ { … } ]");
    CHECK(why_not_count(*find_field(Everything::fields(), "rows"), 5) == "must have 1 to 4 entries, not 5");
}

TEST_CASE("field: values are written as TOML", "[core]") {
    CHECK(to_toml(true) == "true");
    CHECK(to_toml(-14.0) == "-14");
    CHECK(to_toml(0.1) == "0.1");
    CHECK(to_toml(-unbounded) == "-inf");
    CHECK(to_toml(std::string("a\"b\\c\n")) == R"("a\"b\\c\u000A")");
    CHECK(to_toml(std::vector<double>{120, 0.5}) == "[120, 0.5]");
    CHECK(to_toml(std::vector<std::string>{"a", "b"}) == R"(["a", "b"])");
    CHECK(to_toml(Value()) == "");
}

TEST_CASE("nearest name: a slip of a letter or two finds its word, another word finds none", "[core]") {
    const std::vector<std::string_view> known{"threshold_db", "ratio", "knee_db", "attack_ms", "release_ms", "q"};
    CHECK(nearest_name("treshold_db", known) == "threshold_db");
    CHECK(nearest_name("threshold", known) == "threshold_db");
    CHECK(nearest_name("raito", known) == "ratio");
    CHECK(nearest_name("kneedb", known) == "knee_db");
    CHECK(nearest_name("atack_ms", known) == "attack_ms");
    CHECK(nearest_name("knee", known) == "knee_db");
    CHECK(nearest_name("attack", known) == "attack_ms");
    CHECK(nearest_name("wet_db", known) == "");
    CHECK(nearest_name("relax_x", known) == "");
    CHECK(nearest_name("frequency", known) == "");
    CHECK(nearest_name("", {}) == "");
}

}  // namespace lathe
