#include "ocr/engine/line_engine.h"

#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <ctime>
#include <filesystem>

#include "core/result.h"
#include "ocr/image/pix_handle.h"

namespace sohoa {
namespace {

// Letters of the model's alphabet that Vietnamese (and the Latin letters f, j, w, z of foreign
// names) does not have; Ð (eth) stands out: it looks like Đ and is another letter.
constexpr const char* kForeign = "ÄÖÏÑØŒŠŸÐƑƒßäöïñøœšÿð¡¿†‡¬¢£¥€©®ˆ¦|‹›«»„‚{}`^~\\¨´¸⁄_";

std::string utf8(const char* text) {
  std::string out = text != nullptr ? text : "";
  delete[] text;
  return out;
}

constexpr int kNetworkHeight = 36;

PixHandle toPix(const Plane& plane) {
  PixHandle pix(pixCreate(plane.width, plane.height, 8));
  l_uint32* data = pixGetData(pix.get());
  const int wpl = pixGetWpl(pix.get());
  for (int y = 0; y < plane.height; ++y) {
    l_uint32* line = data + static_cast<std::ptrdiff_t>(y) * wpl;
    const std::uint8_t* row = plane.row(y);
    for (int x = 0; x < plane.width; ++x) SET_DATA_BYTE(line, x, row[x]);
  }
  return pix;
}

/// Adds the processor time of its life to `seconds`.
class Stopwatch {
 public:
  explicit Stopwatch(double& seconds) : seconds_(seconds) { seconds_ -= now(); }
  ~Stopwatch() { seconds_ += now(); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  static double now() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
  }
  double& seconds_;
};

}  // namespace

struct LineEngine::Api {
  tesseract::TessBaseAPI tess;
};

LineEngine::LineEngine(const RecogniserOptions& options) : api_(std::make_unique<Api>()) {
  const auto model = std::filesystem::path(options.tessdata) / (options.model + ".traineddata");
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(model, ignored)) {
    throw BatchError(Cause::modelMissing, model.string());
  }
  if (api_->tess.Init(options.tessdata.c_str(), options.model.c_str(), tesseract::OEM_LSTM_ONLY) !=
      0) {
    throw BatchError(Cause::modelMissing, model.string());
  }
  api_->tess.SetPageSegMode(tesseract::PSM_RAW_LINE);
  api_->tess.SetVariable("tessedit_char_blacklist", kForeign);
  // Lines come black on white; reading every doubtful line inverted as well costs twice.
  api_->tess.SetVariable("tessedit_do_invert", "0");
  api_->tess.SetVariable("user_defined_dpi", "300");
  api_->tess.SetVariable("debug_file", "/dev/null");
}

LineEngine::~LineEngine() = default;

std::vector<ReadWord> LineEngine::read(const Plane& line) {
  const Stopwatch stopwatch(seconds_);
  std::vector<ReadWord> words;
  if (line.width < 3 || line.height < 8) return words;
  tesseract::TessBaseAPI& tess = api_->tess;
  // The network sees a line 36 pixels high. Scaling here gives it the same input and spares the
  // engine its own passes (threshold, outlines, a PNG round trip inside) over the larger image.
  const double scale = static_cast<double>(kNetworkHeight) / line.height;
  PixHandle pix = toPix(line);
  if (scale < 1) {
    pix.reset(pixScale(pix.get(), static_cast<float>(scale), static_cast<float>(scale)));
    if (!pix) return words;
  }
  const double back = static_cast<double>(line.width) / pixGetWidth(pix.get());
  tess.SetImage(pix.get());
  if (tess.Recognize(nullptr) != 0) return words;
  const std::unique_ptr<tesseract::ResultIterator> it(tess.GetIterator());
  if (!it) return words;
  it->Begin();
  using tesseract::RIL_SYMBOL;
  using tesseract::RIL_WORD;
  do {
    if (it->Empty(RIL_SYMBOL)) continue;
    int left = 0, top = 0, right = 0, bottom = 0;
    if (words.empty() || it->IsAtBeginningOf(RIL_WORD)) {
      ReadWord& word = words.emplace_back();
      word.text = utf8(it->GetUTF8Text(RIL_WORD));
      word.confidence = it->Confidence(RIL_WORD) / 100.0;
      it->BoundingBox(RIL_WORD, &left, &top, &right, &bottom);
      word.left = left * back;
      word.right = right * back;
    }
    ReadSymbol& symbol = words.back().symbols.emplace_back();
    symbol.text = utf8(it->GetUTF8Text(RIL_SYMBOL));
    symbol.confidence = it->Confidence(RIL_SYMBOL) / 100.0;
    it->BoundingBox(RIL_SYMBOL, &left, &top, &right, &bottom);
    symbol.left = left * back;
    symbol.right = right * back;
  } while (it->Next(RIL_SYMBOL));
  std::erase_if(words, [](const ReadWord& w) { return w.text.empty() || w.text == " "; });
  return words;
}

}  // namespace sohoa
