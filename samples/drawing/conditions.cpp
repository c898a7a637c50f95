#include "samples/drawing/conditions.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace sohoa::samples {

const std::vector<std::string> kConditions = {"clean",       "stamped",  "skewed", "yellowed",
                                              "low_res",     "table",    "faint",  "showthrough",
                                              "upside_down", "sideways", "blank",  "hires"};

namespace {

ScanSettings office(Random& random) {
  ScanSettings settings;
  settings.skewDegrees = random.real(-0.9, 0.9);
  settings.shiftX = random.real(-4, 4);
  settings.shiftY = random.real(-4, 4);
  settings.blur = random.real(0.45, 0.8);
  settings.noise = random.real(1.6, 3.2);
  const auto warm = static_cast<float>(random.real(0, 0.03));
  settings.paper = {0.965F, 0.965F - warm * 0.5F, 0.955F - warm};
  settings.paperTexture = random.real(0.004, 0.010);
  settings.tonerGrain = random.real(0.03, 0.09);
  settings.lightX = random.real(-0.05, 0.05);
  settings.lightY = random.real(-0.05, 0.05);
  settings.specks = random.integer(5, 60);
  settings.edgeShadow = random.chance(0.4) ? random.real(0.1, 0.45) : 0;
  settings.sensorLine = random.chance(0.15);
  settings.sensorLineAt = random.real(0.1, 0.9);
  settings.lid = random.chance(0.3) ? Colour{0.25F, 0.25F, 0.26F} : Colour{0.92F, 0.92F, 0.93F};
  settings.showThrough = random.chance(0.25) ? random.real(0.03, 0.08) : 0;
  // From scarlet through pink to magenta, as ink pads are.
  const auto hue = static_cast<float>(random.real(0, 1));
  settings.red = {0.80F + 0.08F * hue, 0.14F + 0.20F * hue, 0.18F + 0.38F * hue};
  settings.redStrength = random.real(0.7, 0.98);
  settings.blue = {0.10F + static_cast<float>(random.real(0, 0.1)),
                   0.17F + static_cast<float>(random.real(0, 0.1)),
                   0.55F + static_cast<float>(random.real(0, 0.15))};
  settings.jpegQuality = random.integer(58, 76);
  return settings;
}

}  // namespace

ScanSettings scanFor(const std::string& condition, Random& random) {
  ScanSettings settings = office(random);
  if (condition == "clean") {
    settings.skewDegrees = random.real(-0.25, 0.25);
    settings.noise = random.real(1.0, 1.8);
    settings.blur = random.real(0.4, 0.55);
    settings.specks = random.integer(0, 12);
    settings.edgeShadow = 0;
    settings.sensorLine = false;
    settings.showThrough = 0;
    settings.tonerGrain = 0.03;
    settings.jpegQuality = random.integer(70, 82);
  } else if (condition == "stamped") {
    settings.skewDegrees = random.real(-1.4, 1.4);
    settings.noise = random.real(2.2, 4.0);
  } else if (condition == "skewed") {
    settings.skewDegrees = random.sign() * random.real(1.0, 3.0);
    settings.noise = random.real(2.0, 3.6);
  } else if (condition == "yellowed") {
    const auto depth = static_cast<float>(random.real(0, 1));
    settings.paper = {0.93F - 0.05F * depth, 0.87F - 0.08F * depth, 0.70F - 0.14F * depth};
    settings.blotches = random.real(0.05, 0.12);
    settings.foxing = random.integer(15, 90);
    settings.toner = {0.22F, 0.19F, 0.17F};
    settings.tonerStrength = random.real(0.82, 0.95);
    settings.paperTexture = random.real(0.012, 0.022);
    settings.lightX = random.sign() * random.real(0.06, 0.2);
    settings.lightY = random.sign() * random.real(0.04, 0.16);
    settings.noise = random.real(2.5, 4.0);
    settings.showThrough = random.chance(0.5) ? random.real(0.04, 0.10) : 0;
  } else if (condition == "low_res") {
    settings.dpi = 200;
    settings.noise = random.real(2.2, 3.8);
    settings.blur = random.real(0.7, 1.05);
    settings.jpegQuality = random.integer(45, 62);
  } else if (condition == "table") {
    settings.skewDegrees = random.real(-1.2, 1.2);
  } else if (condition == "faint") {
    settings.tonerStrength = random.real(0.30, 0.52);
    settings.tonerGrain = random.real(0.2, 0.38);
    settings.tonerStreaks = random.real(0.1, 0.35);
    settings.noise = random.real(2.2, 3.6);
  } else if (condition == "showthrough") {
    settings.showThrough = random.real(0.14, 0.30);
    settings.paperTexture = random.real(0.008, 0.016);
  } else if (condition == "upside_down") {
    settings.rotation = 180;
  } else if (condition == "sideways") {
    settings.rotation = random.chance(0.5) ? 90 : 270;
  } else if (condition == "blank") {
    settings.showThrough = random.real(0.03, 0.14);
    settings.specks = random.integer(30, 140);
    settings.edgeShadow = random.chance(0.6) ? random.real(0.1, 0.4) : 0;
  } else if (condition == "hires") {
    settings.dpi = 600;
    settings.blur = random.real(0.35, 0.6);
    settings.jpegQuality = random.integer(48, 62);
  } else {
    throw std::invalid_argument("unknown condition: " + condition);
  }
  return settings;
}

MarkOptions marksFor(const std::string& condition, bool hasSigner, Random& random) {
  MarkOptions options;
  options.initials = random.chance(0.5);
  options.redName = random.chance(0.6);
  options.sealRadius = random.real(46, 54);
  if (condition == "clean") {
    options.seal = false;
    options.signature = false;
    options.initials = false;
  } else if (condition == "stamped") {
    options.edgeSeal = random.chance(hasSigner ? 0.15 : 0.5);
    options.copySeal = !hasSigner && !options.edgeSeal;
  } else {
    options.edgeSeal = !hasSigner && random.chance(0.12);
  }
  return options;
}

void adaptLayout(LayoutOptions& layout, const std::string& condition) {
  if (condition == "clean") {
    layout.numberByHand = false;
    layout.dayByHand = false;
    layout.monthByHand = false;
    layout.nameStamped = false;
  }
}

std::vector<std::string> effectsOf(const Page& page, const ScanSettings& settings, bool backShows) {
  std::vector<std::string> effects;
  const auto add = [&effects](bool present, const char* name) {
    if (present) {
      effects.emplace_back(name);
    }
  };
  const auto marked = [&page](const char* kind) {
    return std::any_of(page.marks.begin(), page.marks.end(),
                       [kind](const Mark& mark) { return mark.kind == kind; });
  };
  add(!page.seals.empty(), "seal");
  add(marked("signature"), "signature");
  add(marked("initials"), "initials");
  add(marked("name_stamp"), "name_stamp");
  add(marked("handwriting"), "handwriting");
  add(marked("leader"), "dotted_leaders");
  add(std::abs(settings.skewDegrees) >= 0.1, "skew");
  add(settings.noise >= 2, "noise");
  add(settings.blur >= 0.6, "blur");
  add(std::abs(settings.lightX) + std::abs(settings.lightY) >= 0.06, "uneven_light");
  add(settings.paper[2] < 0.8F, "yellowed_paper");
  add(settings.foxing > 0, "foxing");
  add(settings.tonerStrength < 0.7, "faint_toner");
  add(backShows && settings.showThrough > 0, "show_through");
  add(settings.sensorLine, "sensor_line");
  add(settings.edgeShadow > 0, "edge_shadow");
  add(settings.specks >= 20, "specks");
  add(settings.clipBackground, "clipped_background");
  add(settings.rotation == 180, "upside_down");
  add(settings.rotation % 180 != 0, "sideways");
  return effects;
}

}  // namespace sohoa::samples
