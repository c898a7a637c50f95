#include "tests/ocr/sample_pages.h"

#include <allheaders.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "pdf/incoming/incoming.h"
#include "tests/support/files.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

PixelBox boxFrom(const Json& array) {
  return {array.at(0).get<int>(), array.at(1).get<int>(), array.at(2).get<int>(),
          array.at(3).get<int>()};
}

std::string intakePath(const fs::path& set, const std::string& dossier, const std::string& file) {
  for (const auto& batch : fs::directory_iterator(set / "intake")) {
    const fs::path path = batch.path() / dossier / file;
    if (fs::exists(path)) return path.string();
  }
  return {};
}

}  // namespace

std::vector<SamplePage> samplePages() { return pagesOfSet(sourceFolder() / "samples"); }

std::vector<SamplePage> pagesOfSet(const fs::path& set) {
  std::vector<fs::path> truths;
  for (const auto& entry : fs::directory_iterator(set / "truth")) {
    if (entry.path().extension() == ".json") truths.push_back(entry.path());
  }
  std::sort(truths.begin(), truths.end());
  std::vector<SamplePage> pages;
  for (const fs::path& path : truths) {
    const Json json = Json::parse(slurp(path));
    if (json.at("expected") == "quarantined") continue;
    for (const Json& from : json.at("pages")) {
      SamplePage page;
      page.dossier = json.at("dossier").get<std::string>();
      page.file = from.at("file").get<std::string>();
      page.condition = from.at("condition").get<std::string>();
      page.index = from.at("page_in_file").get<int>() - 1;
      page.rotation = from.at("rotation").get<int>();
      page.text = from.at("text").get<std::string>();
      for (const Json& word : from.at("words")) {
        page.words.push_back({word.at("text").get<std::string>(), boxFrom(word.at("box"))});
        page.printed.push_back(page.words.back().box);
      }
      for (const Json& box : from.at("ignore")) page.ignored.push_back(boxFrom(box.at("box")));
      page.path = intakePath(set, page.dossier, page.file);
      pages.push_back(std::move(page));
    }
  }
  return pages;
}

SamplePage samplePage(const std::string& condition) {
  for (SamplePage& page : samplePages()) {
    if (page.condition == condition) return page;
  }
  throw std::runtime_error("no sample page of condition " + condition);
}

PageImage imageOf(const SamplePage& page) {
  auto image = readIncomingPage(page.path, page.index);
  if (!image) throw std::runtime_error(page.path + ": " + std::string(codeOf(image.error().cause)));
  return *image;
}

PageImage turnedImage(const PageImage& page, int degrees) {
  Pix* pix = pixReadMem(reinterpret_cast<const l_uint8*>(page.bytes.data()), page.bytes.size());
  if (pix == nullptr) throw std::runtime_error("picture cannot be decoded");
  Pix* turned = pixRotateOrth(pix, degrees / 90);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  pixWriteMemPng(&data, &size, turned, 0.0F);
  PageImage out = page;
  out.format = ImageFormat::png;
  out.width = pixGetWidth(turned);
  out.height = pixGetHeight(turned);
  out.bytes.assign(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  pixDestroy(&pix);
  pixDestroy(&turned);
  return out;
}

double shareInPlace(const PageReading& reading, const std::vector<TruthWord>& words) {
  int known = 0, placed = 0;
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) {
        const int x = word.box.x + word.box.width / 2, y = word.box.y + word.box.height / 2;
        bool found = false, inside = false;
        for (const TruthWord& truth : words) {
          if (truth.text != word.text) continue;
          found = true;
          inside = inside || (x >= truth.box.x && x < truth.box.right() && y >= truth.box.y &&
                              y < truth.box.bottom());
        }
        known += found ? 1 : 0;
        placed += inside ? 1 : 0;
      }
    }
  }
  return known == 0 ? 0 : static_cast<double>(placed) / known;
}

}  // namespace sohoa::test
