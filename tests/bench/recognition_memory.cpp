// What a page worker's recognition keeps in memory:
//   recognition_memory draw a4|a3 DPI FILE.jpg     a page with a few lines of text and a seal
//   recognition_memory read FILE.jpg COUNT             reads it COUNT times; resident and peak
//   memory
// tests/bench/recognition_memory.sh runs it on A4 300 dpi (1,000 pages) and A3 600 dpi.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "core/durable.h"
#include "ocr/page/recogniser.h"
#include "pdf/incoming/incoming.h"
#include "tests/ocr/drawn_page.h"

namespace {

long fromStatus(const char* name) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(name)) return std::atol(line.c_str() + std::strlen(name) + 1) / 1024;
  }
  return 0;
}

int draw(bool large, double dpi, const char* file) {
  using namespace sohoa::test;  // NOLINT(google-build-using-namespace)
  DrawnPage page(large ? 842 : 595, large ? 1191 : 842);
  double y = 90;
  for (int i = 0; i < (large ? 12 : 5); ++i) {
    y = page.text(
            80, y, large ? 700 : 450, "Liberation Serif 13",
            "Căn cứ Nghị định số 43/2014/NĐ-CP ngày 15 tháng 5 năm 2014 của Chính phủ; xét đề nghị "
            "của Giám đốc Sở tại Tờ trình số 1187 ngày 03/8/2021,") +
        40;
  }
  page.ring(300, 400, 50, kRed);
  std::ofstream(file, std::ios::binary) << page.scanned(dpi, 0.5, 2, 80, 7).bytes;
  return 0;
}

int read(const char* file, int count) {
  sohoa::keepPlanesInMemory();  // as a page worker does
  sohoa::Recogniser recogniser{sohoa::RecogniserOptions{}};
  std::printf("%6d pages: %4ld MB resident, %4ld MB at most\n", 0, fromStatus("VmRSS:"),
              fromStatus("VmHWM:"));
  const auto image = sohoa::readIncomingPage(file, 0);
  if (!image) return 1;
  std::printf("%d x %d pixels, %.0f dpi\n", image->width, image->height, image->xDpi);
  for (int i = 1; i <= count; ++i) {
    const auto reading = recogniser.read(*image);
    if (!reading || sohoa::wordCount(*reading) < 50) return 1;
    if (i == 1 || i % ((count + 9) / 10) == 0)
      std::printf("%6d pages: %4ld MB resident, %4ld MB at most\n", i, fromStatus("VmRSS:"),
                  fromStatus("VmHWM:"));
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 5 && std::strcmp(argv[1], "draw") == 0)
    return draw(std::strcmp(argv[2], "a3") == 0, std::atof(argv[3]), argv[4]);
  if (argc == 4 && std::strcmp(argv[1], "read") == 0) return read(argv[2], std::atoi(argv[3]));
  std::fprintf(stderr, "usage: %s draw a4|a3 DPI FILE.jpg | read FILE.jpg COUNT\n", argv[0]);
  return 2;
}
