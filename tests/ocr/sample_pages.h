#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/page.h"
#include "core/reading.h"

namespace sohoa::test {

struct TruthWord {
  std::string text;
  PixelBox box;
};

/// A page of the committed samples with its truth.
struct SamplePage {
  std::string dossier, file, condition;
  int index = 0;     ///< in its file, from 0
  int rotation = 0;  ///< degrees clockwise that the sheet was turned
  std::string path;
  std::string text;
  std::vector<TruthWord> words;
  std::vector<PixelBox> ignored, printed;
};

/// All pages of samples/truth, by dossier and page; those whose file cannot be read by design
/// (quarantined dossiers) are left out.
std::vector<SamplePage> samplePages();
/// The same of a folder that `sohoa_generate --out` wrote.
std::vector<SamplePage> pagesOfSet(const std::filesystem::path& set);
/// The first page of a condition; throws std::runtime_error when there is none.
SamplePage samplePage(const std::string& condition);
/// Throws std::runtime_error when the page cannot be read.
PageImage imageOf(const SamplePage& page);
/// The same picture turned clockwise by 90, 180 or 270 degrees, as PNG.
PageImage turnedImage(const PageImage& page, int degrees);
/// Share of read words whose centre lies in the box of a truth word of the same text, among those
/// whose text the truth has.
double shareInPlace(const PageReading& reading, const std::vector<TruthWord>& words);

}  // namespace sohoa::test
