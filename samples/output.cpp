#include "samples/output.h"

#include <array>

#include "samples/containers.h"
#include "samples/truth.h"

namespace sohoa::samples {
namespace {

std::string numbered(std::size_t number, const std::string& extension) {
  std::string text = std::to_string(number);
  text.insert(0, text.size() < 3 ? 3 - text.size() : 0, '0');
  return text + extension;
}

Image render(const Side& side, const Random& random, std::size_t index) {
  return scan(side.page, side.back.get(), side.settings,
              random.fork("side " + std::to_string(index)));
}

std::vector<JunkWord> junkOf(const Side& side, Random& random) {
  std::vector<JunkWord> junk;
  for (const Line& line : side.page.lines) {
    if (random.chance(0.12)) {
      continue;  // such engines lose lines as well
    }
    const std::string text = englishMisreading(line.text, random);
    junk.push_back(
        {text, line.box.x + random.real(-3, 3), kPageHeight - line.box.bottom(), line.box.h * 0.8});
  }
  return junk;
}

/// What stands before a page's own name.
std::string prefixOf(const Dossier& dossier, const Side& side) {
  if (dossier.arrangement == Arrangement::together) {
    return "";
  }
  return dossier.labels.at(side.document) +
         (dossier.arrangement == Arrangement::folders ? "/" : "-");
}

void writeSeparately(const Dossier& dossier, const std::filesystem::path& folder,
                     const Random& random, std::vector<SideFile>& files) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < dossier.sides.size(); ++i) {
    const Side& side = dossier.sides[i];
    const bool apart = dossier.arrangement != Arrangement::together;
    if (apart && i > 0 && dossier.sides[i - 1].document != side.document) {
      number = 0;
    }
    ++number;
    if (dossier.fault == Fault::missingPage && number == 3) {
      ++number;  // the clerk's 003 never arrived
    }
    const Image image = render(side, random, i);
    const bool png = dossier.format == Format::png;
    const std::string name = prefixOf(dossier, side) + numbered(number, png ? ".png" : ".jpg");
    files.push_back({name, 1});
    if (png) {
      writePng(folder / name, image, side.settings.dpi);
      continue;
    }
    auto bytes =
        encodeJpeg(image, side.settings.dpi, side.settings.jpegQuality, side.settings.halfColour);
    if (dossier.fault == Fault::truncatedFile && i + 1 == dossier.sides.size()) {
      bytes.resize(bytes.size() * 2 / 5);
    }
    writeFile(folder / name, bytes);
  }
}

void writeOneTiff(const Dossier& dossier, const std::filesystem::path& folder, const Random& random,
                  std::vector<SideFile>& files) {
  std::vector<TiffPage> pages;
  for (std::size_t i = 0; i < dossier.sides.size(); ++i) {
    const Side& side = dossier.sides[i];
    TiffPage page;
    page.image = render(side, random, i);
    page.dpi = side.settings.dpi;
    page.jpegQuality = side.settings.jpegQuality;
    page.group4 = side.group4;
    if (page.group4) {
      page.image = blackAndWhite(page.image, 150);
    }
    pages.push_back(std::move(page));
    files.push_back({"scan.tif", static_cast<int>(i) + 1});
  }
  writeTiff(folder / "scan.tif", pages);
}

PdfPage pdfPage(const Dossier& dossier, std::size_t index, const Random& random, Random& junk) {
  const Side& side = dossier.sides[index];
  const Image image = render(side, random, index);
  PdfPage page;
  page.jpeg =
      encodeJpeg(image, side.settings.dpi, side.settings.jpegQuality, side.settings.halfColour);
  page.width = image.width;
  page.height = image.height;
  if (side.settings.rotation % 180 != 0) {
    std::swap(page.pageWidth, page.pageHeight);
  }
  if (dossier.format == Format::pdfWithJunkText) {
    page.junk = junkOf(side, junk);
  }
  return page;
}

/// One PDF of all pages, or one a document where they are told apart.
void writePdfs(const Dossier& dossier, const std::filesystem::path& folder, const Random& random,
               std::vector<SideFile>& files) {
  const bool apart = dossier.arrangement != Arrangement::together;
  std::vector<PdfPage> pages;
  Random junk = random.fork("junk");
  for (std::size_t i = 0; i < dossier.sides.size(); ++i) {
    const std::size_t document = dossier.sides[i].document;
    const std::string name = apart ? dossier.labels.at(document) + ".pdf" : "scan.pdf";
    pages.push_back(pdfPage(dossier, i, random, junk));
    files.push_back({name, static_cast<int>(pages.size())});
    const bool last =
        i + 1 == dossier.sides.size() || (apart && dossier.sides[i + 1].document != document);
    if (last) {
      writePdf(folder / name, pages);
      pages.clear();
    }
  }
}

}  // namespace

std::size_t writeDossier(const Dossier& dossier, const std::filesystem::path& out,
                         const std::string& batch, Random random) {
  const std::filesystem::path folder = out / "intake" / batch / dossier.code;
  std::vector<SideFile> files;
  switch (dossier.format) {
    case Format::jpeg:
    case Format::png:
      writeSeparately(dossier, folder, random, files);
      break;
    case Format::tiff:
      writeOneTiff(dossier, folder, random, files);
      break;
    case Format::pdf:
    case Format::pdfWithJunkText:
      writePdfs(dossier, folder, random, files);
      break;
  }
  writeFile(out / "truth" / (dossier.code + ".json"), truthOf(dossier, files));
  return dossier.sides.size();
}

}  // namespace sohoa::samples
