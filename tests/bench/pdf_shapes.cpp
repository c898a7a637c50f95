// Documents of every shape that the PDF/A writer knows, for judges that are not ours
// (pdf_judges.sh):
//   pdf_shapes FOLDER          writes a document per kind of image and sheet, with its access copy,
//                              and a list of how much larger each is than its scans
//   pdf_shapes FOLDER PAGES SCAN READING   one document of so many copies of a scan with that
//   reading
//                              (as pdf_card keeps them): for the memory that assembly takes

#include <allheaders.h>
#include <fmt/format.h>
#include <tiffio.h>

#include <cstdio>

#include "core/durable.h"
#include "pdf/access/access_copy.h"
#include "pdf/pdfa/writer.h"
#include "tests/pdf/page_images.h"
#include "tests/support/files.h"

namespace fs = std::filesystem;
using namespace sohoa;
using test::Picture;

namespace {

struct Sheet {
  const char* name;
  int width, height;  // pixels
  int dpi;
};
constexpr Sheet kSheets[] = {
    {"a4", 827, 1169, 100},        {"a4-200", 1654, 2339, 200}, {"landscape", 1169, 827, 100},
    {"a3", 1169, 1654, 100},       {"a0", 3311, 4681, 100},     {"a0-landscape", 4681, 3311, 100},
    {"card", 337, 213, 100},       {"slip", 90, 1169, 100},     {"odd", 833, 1171, 101},
    {"one-by-many", 17, 901, 150}, {"letter", 850, 1100, 100},
};

std::string adobeCmyk(int width, int height) { return test::cmykJpeg(width, height); }

PdfInfo about(const std::string& name, PdfStandard standard) {
  PdfInfo info;
  info.title = "Quyết định " + name + " <&> \"ghi chú\"";
  info.author = "Sở Tài nguyên và Môi trường";
  info.subject = name.size() % 2 ? "" : "Về việc thu hồi đất tại phường Đồng Hải";
  info.documentCode = "000.00.12.H46-210910-0001-KQ1";
  info.dossierCode = "000.00.12.H46-210910-0001";
  info.documentNumber = "1234/QĐ-STNMT";
  info.issuedOn = "2021-09-10";
  info.created = *parseIsoTime("2021-09-10T14:30:20+07:00");
  info.standard = standard;
  return info;
}

PageReading someWords(const Picture& picture, int dpi, int rotation) {
  PageReading reading;
  reading.width = picture.width(), reading.height = picture.height();
  reading.xDpi = reading.yDpi = dpi, reading.rotation = rotation;
  TextBlock block;
  for (int y = 60; y < reading.height - 20; y += 60) {
    TextLine line;
    for (int x = 20; x < reading.width - 60; x += 60) {
      line.words.push_back(test::wordAt("chữ", x, y, 45, 20, rotation == 0 ? 0 : 360 - rotation));
      line.words.back().box = {x, y - 20, 45, 20};
    }
    if (!line.words.empty()) block.lines.push_back(line);
  }
  if (!block.lines.empty()) reading.blocks.push_back(block);
  return reading;
}

class Shapes {
 public:
  explicit Shapes(const fs::path& folder) : folder_(folder) { fs::create_directories(folder_); }

  void write(const std::string& name, const std::string& extension, const std::string& bytes,
             const Sheet& sheet, PdfStandard standard = PdfStandard::pdfA1b, int rotation = 0) {
    const fs::path scan = folder_ / (name + extension), pdf = folder_ / (name + ".pdf");
    test::spill(scan, bytes);
    const Picture size(Picture::Kind::bilevel, sheet.width, sheet.height);
    const PageReading reading = someWords(size, sheet.dpi, rotation);
    const auto done = writePdfA(pdf, {{scan, 0, reading}}, about(name, standard));
    if (!done) {
      ++failed_;
      return void(std::printf("%-28s NOT WRITTEN: %s %s\n", name.c_str(),
                              std::string(codeOf(done.error().cause)).c_str(),
                              done.error().detail.c_str()));
    }
    const auto copied = writeAccessCopy(folder_ / (name + ".access.pdf"), pdf);
    std::printf(
        "%-28s %8zu -> %8zu  access %s\n", name.c_str(), bytes.size(),
        static_cast<std::size_t>(fs::file_size(pdf)),
        copied ? (copied->front().layered ? "layers" : "image") : copied.error().detail.c_str());
  }
  int failed() const { return failed_; }

 private:
  fs::path folder_;
  int failed_ = 0;
};

int writeAll(const fs::path& folder) {
  Shapes shapes(folder);
  for (const Sheet& sheet : kSheets) {
    const std::string at = std::string("-") + sheet.name;
    const auto picture = [&](Picture::Kind kind) {
      return Picture(kind, sheet.width, sheet.height);
    };
    const Picture colour = picture(Picture::Kind::colour), grey = picture(Picture::Kind::grey);
    const Picture bits = picture(Picture::Kind::bilevel), palette = picture(Picture::Kind::palette);
    shapes.write("jpeg-colour" + at, ".jpg", colour.jpeg(sheet.dpi), sheet);
    shapes.write("jpeg-grey" + at, ".jpg", grey.jpeg(sheet.dpi), sheet);
    shapes.write("jpeg-progressive" + at, ".jpg", colour.jpeg(sheet.dpi, true), sheet);
    shapes.write("jpeg-cmyk" + at, ".jpg", adobeCmyk(sheet.width, sheet.height), sheet);
    shapes.write("png-colour" + at, ".png", colour.png(sheet.dpi), sheet);
    shapes.write("png-palette" + at, ".png", palette.png(sheet.dpi), sheet);
    shapes.write("png-bits" + at, ".png", bits.png(sheet.dpi), sheet);
    shapes.write("tiff-group4" + at, ".tif", bits.tiff(sheet.dpi, COMPRESSION_CCITTFAX4), sheet);
    shapes.write("tiff-lzw-grey" + at, ".tif", grey.tiff(sheet.dpi, COMPRESSION_LZW), sheet);
    shapes.write("tiff-palette" + at, ".tif", palette.tiff(sheet.dpi, COMPRESSION_PACKBITS), sheet);
    for (const int turned : {90, 180, 270}) {
      shapes.write(fmt::format("turned-{}{}", turned, at), ".jpg", grey.jpeg(sheet.dpi), sheet,
                   PdfStandard::pdfA1b, turned);
    }
  }
  const Sheet a4 = kSheets[0];
  for (const int type : {0, 2, 4, 6}) {  // grey, RGB, each with alpha
    for (const int bits : {8, 16}) {
      for (const bool interlaced : {false, true}) {
        shapes.write(fmt::format("png-type{}-{}{}", type, bits, interlaced ? "-adam7" : ""), ".png",
                     test::plainPng(a4.width, a4.height, bits, type, interlaced), a4);
      }
    }
  }
  return shapes.failed() == 0 ? 0 : 1;
}

int writeMany(const fs::path& folder, int pages, const fs::path& scan, const fs::path& kept) {
  fs::create_directories(folder);
  const auto reading = readingFromJson(readFile(kept));
  if (!reading) return 1;
  std::vector<PdfPageSource> sources;
  for (int i = 0; i < pages; ++i) {
    const fs::path copy = folder / fmt::format("{:04}{}", i + 1, scan.extension().string());
    fs::copy_file(scan, copy, fs::copy_options::overwrite_existing);
    sources.push_back({copy, 0, *reading});
  }
  const auto done = writePdfA(folder / "many.pdf", sources, about("many", PdfStandard::pdfA1b));
  if (!done) std::printf("%s\n", done.error().detail.c_str());
  std::printf("%d pages, %d words each, %zu bytes\n", pages, wordCount(*reading),
              static_cast<std::size_t>(fs::file_size(folder / "many.pdf")));
  return done ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  setMsgSeverity(L_SEVERITY_NONE);
  if (argc == 2) return writeAll(argv[1]);
  if (argc == 5) return writeMany(argv[1], std::atoi(argv[2]), argv[3], argv[4]);
  std::fprintf(stderr, "usage: %s FOLDER [PAGES SCAN READING]\n", argv[0]);
  return 2;
}
