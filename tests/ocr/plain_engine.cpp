#include "tests/ocr/plain_engine.h"

#include <sys/resource.h>

#include <cstdio>
#include <sstream>
#include <stdexcept>

#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa::test {
namespace {

double childSeconds() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double run(const std::vector<std::string>& command) {
  CommandOptions options;
  options.env["OMP_THREAD_LIMIT"] = "1";
  const double before = childSeconds();
  const CommandResult result = runCommand(command, options);
  if (!result.ok()) throw std::runtime_error(result.describe());
  return childSeconds() - before;
}

std::filesystem::path spilled(const TemporaryFolder& folder, const PageImage& page) {
  const char* ending = page.format == ImageFormat::jpeg  ? "page.jpg"
                       : page.format == ImageFormat::png ? "page.png"
                                                         : "page.tif";
  spill(folder / ending, page.bytes);
  return folder / ending;
}

void add(PageReading& reading, bool newLine, Word word) {
  if (reading.blocks.empty()) reading.blocks.emplace_back();
  auto& lines = reading.blocks.back().lines;
  if (newLine || lines.empty()) lines.emplace_back();
  lines.back().words.push_back(std::move(word));
}

std::string unescaped(std::string text) {
  for (const auto& [from, to] :
       {std::pair("&lt;", "<"), {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}}) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; ++at) {
      text.replace(at, std::string(from).size(), to);
    }
  }
  return text;
}

}  // namespace

PlainReading readByTesseract(const PageImage& page) {
  const TemporaryFolder folder;
  const std::filesystem::path image = spilled(folder, page);
  PlainReading out;
  out.seconds = run({"tesseract", image.string(), (folder / "out").string(), "-l", "vie", "--psm",
                     "3", "--dpi", std::to_string(static_cast<int>(page.xDpi)), "tsv"});
  std::istringstream rows(slurp(folder / "out.tsv"));
  std::string row, line;
  std::getline(rows, row);  // column names
  while (std::getline(rows, row)) {
    std::istringstream columns(row);
    int level = 0, pageNumber = 0, block = 0, paragraph = 0, lineNumber = 0, wordNumber = 0;
    Word word;
    columns >> level >> pageNumber >> block >> paragraph >> lineNumber >> wordNumber >>
        word.box.x >> word.box.y >> word.box.width >> word.box.height >> word.confidence >>
        word.text;
    if (level == 5 && !word.text.empty()) add(out.reading, wordNumber == 1, std::move(word));
  }
  return out;
}

PlainReading readByOcrmypdf(const PageImage& page) {
  const TemporaryFolder folder;
  const std::filesystem::path image = spilled(folder, page), pdf = folder / "out.pdf",
                              html = folder / "out.html";
  PlainReading out;
  out.seconds =
      run({"ocrmypdf", "-q", "-l", "vie", "-j", "1", "--deskew", "--rotate-pages", "--image-dpi",
           std::to_string(static_cast<int>(page.xDpi)), image.string(), pdf.string()});
  run({"pdftotext", "-bbox", pdf.string(), html.string()});
  std::istringstream rows(slurp(html));
  std::string row;
  const double scale = page.xDpi / 72;
  while (std::getline(rows, row)) {
    double left = 0, top = 0, right = 0, bottom = 0;
    const std::size_t at = row.find("<word ");
    if (at == std::string::npos) continue;
    if (std::sscanf(row.c_str() + at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"",
                    &left, &top, &right, &bottom) != 4) {
      continue;
    }
    const std::size_t from = row.find('>', at) + 1, to = row.find("</word>", from);
    Word word;
    word.text = unescaped(row.substr(from, to - from));
    word.box = {static_cast<int>(left * scale), static_cast<int>(top * scale),
                static_cast<int>((right - left) * scale), static_cast<int>((bottom - top) * scale)};
    add(out.reading, false, std::move(word));
  }
  return out;
}

}  // namespace sohoa::test
