#include "scanner/sane_words.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

using Words = std::vector<std::string>;

// The words are those of SANE's drivers: fujitsu, epsonds, epson2, brother4, canon_dr, airscan,
// hpaio, genesys, kodak, avision, test.
TEST(SourceWords, AreFoundInWhatDriversCallThem) {
  const std::vector<std::pair<Words, Words>> drivers = {
      // words offered, then those for flatbed, feeder, duplex ("" = none)
      {{"Flatbed", "ADF Front", "ADF Back", "ADF Duplex"}, {"Flatbed", "ADF Front", "ADF Duplex"}},
      {{"ADF Back", "ADF Front", "ADF Duplex"}, {"", "ADF Front", "ADF Duplex"}},
      {{"Flatbed", "Automatic Document Feeder"}, {"Flatbed", "Automatic Document Feeder", ""}},
      {{"FlatBed", "Automatic Document Feeder(left aligned)",
        "Automatic Document Feeder(left aligned,Duplex)"},
       {"FlatBed", "Automatic Document Feeder(left aligned)",
        "Automatic Document Feeder(left aligned,Duplex)"}},
      {{"Flatbed", "ADF", "ADF Duplex"}, {"Flatbed", "ADF", "ADF Duplex"}},
      {{"ADF Front", "ADF Duplex"}, {"", "ADF Front", "ADF Duplex"}},
      {{"Flatbed", "ADF", "Duplex"}, {"Flatbed", "ADF", "Duplex"}},
      {{"Document Table", "ADF"}, {"Document Table", "ADF", ""}},
      {{"Normal", "Transparency", "ADF"}, {"Normal", "ADF", ""}},
      {{"Flatbed", "Transparency Adapter"}, {"Flatbed", "", ""}}};
  for (const auto& [offered, wanted] : drivers) {
    const ScanSource sources[] = {ScanSource::flatbed, ScanSource::feeder, ScanSource::duplex};
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(wordFor(sources[i], offered).value_or(""), wanted[i])
          << offered[0] << " " << nameOf(sources[i]);
    }
  }
}

TEST(ModeWords, AreFoundInWhatDriversCallThem) {
  const std::vector<std::pair<Words, Words>> drivers = {
      // words offered, then those for colour, grey, lineart
      {{"Lineart", "Halftone", "Gray", "Color"}, {"Color", "Gray", "Lineart"}},
      {{"Black & White", "Gray[Error Diffusion]", "True Gray", "24bit Color", "24bit Color[Fast]"},
       {"24bit Color", "True Gray", "Black & White"}},
      {{"Gray", "Color"}, {"Color", "Gray", ""}},
      {{"Binary", "Grayscale", "Color"}, {"Color", "Grayscale", "Binary"}},
      {{"Monochrome", "Grayscale", "Colour"}, {"Colour", "Grayscale", "Monochrome"}},
      {{"Color Lineart", "Color Halftone", "Gray", "Color"}, {"Color", "Gray", ""}}};
  for (const auto& [offered, wanted] : drivers) {
    const ScanMode modes[] = {ScanMode::colour, ScanMode::grey, ScanMode::lineart};
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(wordFor(modes[i], offered).value_or(""), wanted[i])
          << offered[0] << " " << nameOf(modes[i]);
    }
  }
}

}  // namespace
}  // namespace sohoa
