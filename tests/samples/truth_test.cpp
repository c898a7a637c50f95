#include "samples/truth.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "samples/sets.h"

namespace sohoa::samples {
namespace {

using Json = nlohmann::json;

std::vector<Dossier> golden() {
  const Typesetter typesetter;
  SetOptions options;
  options.set = "golden";
  options.seed = 4;
  options.pagesPerCondition = 2;
  return makeSet(options, typesetter);
}

Json parsed(const Dossier& dossier) {
  return Json::parse(truthOf(dossier, std::vector<SideFile>(dossier.sides.size(), {"001.jpg", 1})));
}

/// Vietnamese letters all exist precomposed: a text without combining marks is in NFC.
bool hasCombiningMark(const std::string& text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(text[i + 1]);
    if (lead == 0xCC || (lead == 0xCD && next < 0xB0)) {
      return true;
    }
  }
  return false;
}

TEST(Truth, WordsAndMarksLieWithinThePageAndTextsAreNfc) {
  for (const Dossier& dossier : golden()) {
    const Json truth = parsed(dossier);
    EXPECT_FALSE(hasCombiningMark(truth.dump()));
    for (const Json& page : truth["pages"]) {
      const int width = page["width"];
      const int height = page["height"];
      for (const char* const kind : {"words", "lines", "ignore"}) {
        for (const Json& entry : page[kind]) {
          const std::vector<int> box = entry["box"];
          ASSERT_EQ(box.size(), 4U);
          EXPECT_GE(box[0], 0) << entry;
          EXPECT_GE(box[1], 0) << entry;
          EXPECT_GT(box[2], 0) << entry;
          EXPECT_GT(box[3], 0) << entry;
          EXPECT_LE(box[0] + box[2], width) << entry;
          EXPECT_LE(box[1] + box[3], height) << entry;
        }
      }
    }
  }
}

TEST(Truth, ThePageTextIsItsLinesAndTheLinesAreTheWords) {
  for (const Dossier& dossier : golden()) {
    const Json truth = parsed(dossier);
    for (const Json& page : truth["pages"]) {
      std::string lines;
      for (const Json& line : page["lines"]) {
        lines += (lines.empty() ? "" : "\n") + line["text"].get<std::string>();
      }
      EXPECT_EQ(page["text"], lines);
      std::string words;
      for (const Json& word : page["words"]) {
        words += (words.empty() ? "" : " ") + word["text"].get<std::string>();
      }
      std::replace(lines.begin(), lines.end(), '\n', ' ');
      EXPECT_EQ(words, lines);
    }
  }
}

TEST(Truth, WordsOfALineFollowEachOtherFromLeftToRight) {
  for (const Dossier& dossier : golden()) {
    for (const Side& side : dossier.sides) {
      for (const Line& line : side.page.lines) {
        double last = 0;
        for (const Word& word : line.words) {
          EXPECT_GT(word.box.x, last) << line.text;
          EXPECT_LT(word.box.h, 24) << line.text;
          EXPECT_LT(std::abs(word.box.bottom() - line.baseline), 9)
              << line.text << ": " << word.text;
          last = word.box.x;
        }
      }
    }
  }
}

TEST(Truth, WhatThePenWroteIsInTheFieldsButNotInThePrintedText) {
  int byHand = 0;
  for (const Dossier& dossier : golden()) {
    const Json truth = parsed(dossier);
    const std::string number = truth["fields"]["number"];
    const Json& page = truth["pages"][0];
    for (const Json& mark : page["ignore"]) {
      if (mark["kind"] == "handwriting" && mark["text"] == number) {
        ++byHand;
        const std::string text = page["text"];
        EXPECT_EQ(text.find("Số: " + number), std::string::npos);
        EXPECT_NE(text.find("Số: /" + truth["fields"]["symbol"].get<std::string>()),
                  std::string::npos);
      }
    }
  }
  EXPECT_GT(byHand, 2);
}

TEST(Truth, OnACleanPageTheInkIsInTheWordBoxes) {
  const auto dossiers = golden();
  const Dossier& clean = dossiers.front();
  ASSERT_EQ(clean.sides.front().condition, "clean");
  const Side& side = clean.sides.front();
  const Image image = grey(scan(side.page, nullptr, side.settings, Random(1)));
  const Json truth = parsed(clean);
  const auto at = [&image](int x, int y) {
    return image.data[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                      static_cast<std::size_t>(x)];
  };
  long inside = 0;
  for (const Json& word : truth["pages"][0]["words"]) {
    const std::vector<int> box = word["box"];
    long dark = 0;
    for (int y = box[1]; y < box[1] + box[3]; ++y) {
      for (int x = box[0]; x < box[0] + box[2]; ++x) {
        dark += at(x, y) < 128 ? 1 : 0;
      }
    }
    EXPECT_GT(dark, 3) << word;
    inside += dark;
  }
  const long all =
      std::count_if(image.data.begin(), image.data.end(), [](auto v) { return v < 128; });
  // The rest is the rules below the headings.
  EXPECT_GT(static_cast<double>(inside), 0.95 * static_cast<double>(all));
}

}  // namespace
}  // namespace sohoa::samples
