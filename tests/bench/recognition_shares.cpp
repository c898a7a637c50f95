// recognition_shares FILE…: processor seconds a page of the steps of recognition, over image files
// of one page each: decoding, cleaning (all that is not named else), layout, and the engine's
// reading of lines, second looks included. tests/bench/around_recognition.sh sets them against a
// whole `sohoa run` on the same files.
#include <cstdio>
#include <ctime>

#include "ocr/engine/line_engine.h"
#include "ocr/image/decode.h"
#include "ocr/image/page_cleanup.h"
#include "ocr/layout/prepared_page.h"
#include "ocr/page/page_reader.h"
#include "pdf/incoming/incoming.h"

namespace {

double now() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s FILE...\n", argv[0]);
    return 2;
  }
  sohoa::keepPlanesInMemory();
  sohoa::LineEngine engine{sohoa::RecogniserOptions{}};
  double decoding = 0, layout = 0, whole = 0, lines = 0;
  for (int i = 1; i < argc; ++i) {
    const auto image = sohoa::readIncomingPage(argv[i], 0);
    if (!image) return 1;
    const double start = now();
    auto decoded = sohoa::decodePage(*image);
    if (!decoded) return 1;
    const double afterDecoding = now();
    {
      // What the reading below does again; straightening is part of cleaning.
      sohoa::CleanPage flat = sohoa::flatten(decoded->text());
      const double skew = sohoa::findSkew(flat);
      if (skew != 0) flat.grey = sohoa::straighten(flat.grey, skew);
      const double ready = now();
      const sohoa::Sheet sheet = sohoa::layOut(flat, 0, 0.0);
      layout += now() - ready;
    }
    const double again = now(), engineBefore = engine.seconds();
    const sohoa::PageReading reading = sohoa::readDecoded(*image, std::move(*decoded), engine);
    whole += now() - again + (afterDecoding - start);
    decoding += afterDecoding - start;
    lines += engine.seconds() - engineBefore;
    if (reading.width == 0) return 1;
  }
  const double pages = argc - 1;
  std::printf("decode %.4f clean %.4f layout %.4f engine %.4f all %.4f\n", decoding / pages,
              (whole - decoding - layout - lines) / pages, layout / pages, lines / pages,
              whole / pages);
  return 0;
}
