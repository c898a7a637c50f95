#include "ocr/page/recogniser.h"

#include <allheaders.h>
#include <malloc.h>
#include <tesseract/baseapi.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>

#include "core/digest.h"
#include "ocr/engine/line_engine.h"
#include "ocr/image/affine.h"
#include "ocr/image/decode.h"
#include "ocr/image/page_cleanup.h"
#include "ocr/layout/components.h"
#include "ocr/page/page_reader.h"

namespace sohoa {

struct Recogniser::Engine {
  explicit Engine(const RecogniserOptions& chosen) : options(chosen), lines(chosen) {}
  RecogniserOptions options;
  LineEngine lines;
};

Recogniser::Recogniser(const RecogniserOptions& options) {
  setMsgSeverity(L_SEVERITY_NONE);  // Leptonica's errors come back as values
  engine_ = std::make_unique<Engine>(options);
}
Recogniser::~Recogniser() = default;
Recogniser::Recogniser(Recogniser&&) noexcept = default;
Recogniser& Recogniser::operator=(Recogniser&&) noexcept = default;

Result<PageReading> Recogniser::read(const PageImage& page) {
  auto decoded = decodePage(page);
  if (!decoded) return decoded.error();
  return readDecoded(page, std::move(*decoded), engine_->lines);
}

namespace {

std::string cpuFlags() {
  std::string flags;
  auto add = [&](bool has, const char* name) {
    if (!has) return;
    if (!flags.empty()) flags += ' ';
    flags += name;
  };
#if defined(__x86_64__)
  add(__builtin_cpu_supports("sse4.1") != 0, "sse4.1");
  add(__builtin_cpu_supports("fma") != 0, "fma");
  add(__builtin_cpu_supports("avx2") != 0, "avx2");
  add(__builtin_cpu_supports("avx512f") != 0, "avx512f");
  add(__builtin_cpu_supports("avx512vnni") != 0, "avx512vnni");
#else
  add(true, "generic");
#endif
  return flags;
}

}  // namespace

EngineInfo Recogniser::info() const {
  EngineInfo info;
  info.tesseract = tesseract::TessBaseAPI::Version();
  char* version = getLeptonicaVersion();
  info.leptonica = version != nullptr ? version : "";
  lept_free(version);
  constexpr std::string_view kPrefix = "leptonica-";
  if (info.leptonica.starts_with(kPrefix)) info.leptonica.erase(0, kPrefix.size());
  info.model = engine_->options.model;
  const auto path =
      std::filesystem::path(engine_->options.tessdata) / (engine_->options.model + ".traineddata");
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (bytes.empty()) throw BatchError(Cause::modelMissing, path.string());
  info.modelSha256 = sha256(bytes).hex();
  info.cpu = cpuFlags();
  return info;
}

void keepPlanesInMemory() {
  mallopt(M_MMAP_THRESHOLD,
          32 << 20);  // the most that glibc takes; an A4 plane of 300 dpi has 8.7 MB
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
}

int threadsAfterRecognition(Recogniser& recogniser) {
  // A page with a line of bars is enough: every line goes through the network, where the engine
  // would start its threads.
  constexpr int kWidth = 900, kHeight = 400;
  PageImage page;
  page.format = ImageFormat::png;
  page.width = kWidth;
  page.height = kHeight;
  page.xDpi = page.yDpi = 300;
  Pix* pix = pixCreate(kWidth, kHeight, 8);
  pixSetAll(pix);
  for (int i = 0; i < 24; ++i) {
    Box* box = boxCreate(60 + 32 * i, 180, i % 3 == 0 ? 18 : 8, 30);
    pixClearInRect(pix, box);
    boxDestroy(&box);
  }
  l_uint8* data = nullptr;
  std::size_t size = 0;
  pixWriteMemPng(&data, &size, pix, 0.0F);
  pixDestroy(&pix);
  page.bytes.assign(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  if (!recogniser.read(page)) return 0;
  int threads = 0;
  for ([[maybe_unused]] const auto& entry :
       std::filesystem::directory_iterator("/proc/self/task")) {
    ++threads;
  }
  return threads;
}

}  // namespace sohoa
