#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ocr/engine/engine_info.h"
#include "ocr/image/plane.h"

namespace sohoa {

struct ReadSymbol {
  std::string text;            ///< one letter with its marks, UTF-8
  double left = 0, right = 0;  ///< pixels of the line image
  double confidence = 0;       ///< 0..1
};

struct ReadWord {
  std::string text;
  double left = 0, right = 0;
  double confidence = 0;
  bool disputed = false;  ///< another look at the same ink read something else
  std::vector<ReadSymbol> symbols;
};

/// The Tesseract engine with one model, reading one line image at a time.
class LineEngine {
 public:
  /// Throws BatchError(modelMissing).
  explicit LineEngine(const RecogniserOptions& options);
  ~LineEngine();
  LineEngine(const LineEngine&) = delete;
  LineEngine& operator=(const LineEngine&) = delete;

  /// One line of text, black on white, with a little paper around it.
  std::vector<ReadWord> read(const Plane& line);
  /// Processor seconds of this thread spent in the engine so far.
  double seconds() const { return seconds_; }

 private:
  struct Api;
  std::unique_ptr<Api> api_;
  double seconds_ = 0;
};

}  // namespace sohoa
