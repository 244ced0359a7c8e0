// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/quantity.h"

#include <cmath>

#include "app/studio/shell/field_words.h"
#include "app/studio/shell/value_step.h"
#include "dsp/engine/processors.h"
#include "tests/support/catch.h"

using namespace lathe;

TEST_CASE("a value reads with its unit, a true minus sign and a thin space", "[quantity]") {
    CHECK(quantity_text(-2.5, "dB") == "\u22122.5\u2009dB");
    CHECK(quantity_text(2400, "Hz") == "2.40\u2009kHz");
    CHECK(quantity_text(240, "Hz") == "240\u2009Hz");
    CHECK(quantity_text(-INFINITY, "dB") == "\u2212\u221e\u2009dB");
    CHECK(quantity_text(-0.04, "dB") == "0.0\u2009dB");
    CHECK(signed_text(1, "dB") == "+1.0\u2009dB");
    CHECK(setting_text(-2.35, "dB") == "\u22122.35\u2009dB");
    CHECK(setting_text(-2.3, "dB") == "\u22122.3\u2009dB");
}

TEST_CASE("what a hand types is taken with its unit or without", "[quantity]") {
    CHECK(typed_quantity("-3 dB", "dB") == -3.0);
    CHECK(typed_quantity("\u22123", "dB") == -3.0);
    CHECK(typed_quantity("2.5k", "Hz") == 2500.0);
    CHECK(typed_quantity("2,5 kHz", "Hz") == 2500.0);
    CHECK(typed_quantity("0.03 s", "ms") == 30.0);
    CHECK(typed_quantity("1:30", "s") == 90.0);
    CHECK(typed_quantity("50 %", "") == 0.5);
    CHECK(typed_quantity("-inf", "dB") == -INFINITY);
}

TEST_CASE("what is no value of the unit is refused", "[quantity]") {
    for (const char* text : {"", "loud", "3 Hz", "3 dB 4", "nan", "--3", "dB"}) {
        CAPTURE(text);
        CHECK(!typed_quantity(text, "dB"));
    }
    CHECK(!typed_quantity("3 dB", "Hz"));
    CHECK(!typed_quantity("50 %", "dB"));
    CHECK(!typed_quantity("2k", "ms"));
}

TEST_CASE("a value that is shown can be typed again", "[quantity]") {
    for (const auto& [value, unit] : {std::pair{-2.35, "dB"},
                                      {12.0, "dB"},
                                      {2400.0, "Hz"},
                                      {63.0, "Hz"},
                                      {1.5, "ms"},
                                      {120.0, "ms"},
                                      {0.71, ""},
                                      {-1.0, "dBTP"},
                                      {-14.0, "LUFS"},
                                      {24.0, "dB/oct"}}) {
        const std::string shown = setting_text(value, unit);
        CAPTURE(shown);
        std::string typed = shown;
        if (const std::size_t thin = typed.find("\u2009"); thin != std::string::npos) typed.replace(thin, 3, " ");
        const auto back = typed_quantity(typed, unit);
        REQUIRE(back);
        CHECK_THAT(*back, WithinAbs(value, 1e-9));
    }
}

TEST_CASE("no label of a processor's setting says its unit or has an underscore", "[labels]") {
    CHECK(label_of(*find_field(BandSettings::fields(), "threshold_db")) == "threshold");
    CHECK(label_of(*find_field(EqBand::fields(), "slope_db_oct")) == "slope");
    CHECK(label_of(*find_field(EqBand::fields(), "hz")) == "frequency");
    CHECK(label_of(*find_field(LimiterSettings::fields(), "ceiling_dbtp")) == "ceiling");
    CHECK(spoken("low_shelf") == "low shelf");
    for (const std::string_view type : processor_types()) {
        const ProcessorSettings settings = *make_processor(type);
        for (const Field& field : fields_of(settings)) {
            const std::string label = label_of(field);
            CAPTURE(label);
            CHECK(!label.empty());
            CHECK(label.find('_') == std::string::npos);
            for (const char* ending : {" db", " hz", " ms", " dbtp", " oct"}) CHECK(!label.ends_with(ending));
        }
    }
}

TEST_CASE("hyphens that stand for minus become true ones", "[quantity]") {
    CHECK(with_minus("C-1 -28 cents") == "C\u22121 \u221228 cents");
    CHECK(with_minus("A4") == "A4");
}

TEST_CASE("a drag moves in steps that can be read, ten times smaller ones with Shift", "[steps]") {
    const Field& threshold = *find_field(BandSettings::fields(), "threshold_db");
    CHECK_THAT(stepped(threshold, -20, 4.5, false), WithinAbs(-19.8, 1e-9));  // 0.225 dB, to the nearest 0.1
    CHECK_THAT(stepped(threshold, -20, 0.4, true), WithinAbs(-19.98, 1e-9));
    CHECK(stepped(threshold, 20, 1e6, false) == 24);
    const Field& hz = *find_field(EqBand::fields(), "hz");
    CHECK(stepped(hz, 1000, 96, false) == 2000);
    CHECK(stepped(hz, 1000, 1, false) == 1010);
    CHECK(stepped(hz, 1000, 0.1, true) == 1001);
    const Field& low_cut = *find_field(ReverbSettings::fields(), "low_cut_hz");
    CHECK(stepped(low_cut, 25, -96, false) == 0);
    CHECK(stepped(low_cut, 0, 96, false) == 40);
    CHECK(stepped(low_cut, 0, -5, false) == 0);
    const Field& wet = *find_field(ReverbSettings::fields(), "wet_db");
    CHECK_THAT(stepped(wet, -INFINITY, 20, false), WithinAbs(-59, 1e-9));
    const Field& oversample = *find_field(ClipperSettings::fields(), "oversample");
    CHECK(stepped(oversample, 8, 13, false) == 9);
}
