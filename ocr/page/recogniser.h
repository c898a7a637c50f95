#pragma once

#include <memory>

#include "core/page.h"
#include "core/reading.h"
#include "core/result.h"
#include "ocr/engine/engine_info.h"

namespace sohoa {

/// Reads pages, in these steps: decode once, clean, find orientation and skew, read text with boxes
/// and confidence. Works on a copy; the page image is never altered. The reading of a page does not
/// depend on pages read before. Not thread-safe: use one per worker process and reuse it for all
/// pages. The engine runs in the calling thread only (engine/openmp_single_thread.cpp); workers are
/// started with OMP_THREAD_LIMIT=1 all the same.
///
///   Recogniser recogniser(RecogniserOptions{});
///   const auto reading = recogniser.read(page);
///   if (!reading) return reading.error();
class Recogniser {
 public:
  /// Throws BatchError(modelMissing).
  explicit Recogniser(const RecogniserOptions& options);
  ~Recogniser();
  Recogniser(Recogniser&&) noexcept;
  Recogniser& operator=(Recogniser&&) noexcept;

  /// Boxes are in pixels of the image as scanned, origin at the top left. Causes of an error:
  /// fileTruncated (pixels missing or damaged), imageUnsupported, imageTooLarge (more than 32,767
  /// pixels a side). A page without readable text is not an error: PageReading::blank, confidence
  /// and unreadInkShare describe it.
  Result<PageReading> read(const PageImage& page);
  /// Reads the model file to compute its SHA-256. Throws BatchError(modelMissing).
  EngineInfo info() const;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

/// Makes malloc keep the memory of image planes for the next page. Otherwise it goes back to the
/// kernel, which zeroes it again (2 % of the time). Changes the whole process: call it before the
/// first page, and only in a process that does nothing else than read pages.
void keepPlanesInMemory();

/// Recognises a small built-in line, then returns the number of threads of this process: 1 proves
/// that the engine started none; 0 means that the line could not be read. The start-up self-test of
/// a worker calls it.
int threadsAfterRecognition(Recogniser& recogniser);

}  // namespace sohoa
