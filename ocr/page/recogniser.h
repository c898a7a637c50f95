#pragma once

#include <memory>

#include "core/page.h"
#include "core/reading.h"
#include "core/result.h"
#include "ocr/engine/engine_info.h"

namespace sohoa {

/// Reads pages: decode once -> orientation -> skew -> clean copy -> text, boxes, confidence. The
/// page image itself is never altered. Not thread-safe; one per worker process, reused over pages.
/// Expects OMP_THREAD_LIMIT=1 in the environment from before exec (otherwise several times slower).
class Recogniser {
 public:
  /// Throws BatchError(modelMissing).
  explicit Recogniser(const RecogniserOptions& options);
  ~Recogniser();
  Recogniser(Recogniser&&) noexcept;
  Recogniser& operator=(Recogniser&&) noexcept;

  /// Causes: fileTruncated (the pixels end early), imageUnsupported, imageTooLarge.
  /// A page that cannot be understood is still a reading, with the figures that say so.
  Result<PageReading> read(const PageImage& page);
  EngineInfo info() const;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

/// For a process that does nothing but read pages, before the first one: memory of a page's planes
/// is kept for the next page instead of being given back and zeroed again (2 % of the time).
void keepPlanesInMemory();

/// Recognises a small built-in line and counts this process's threads afterwards: 1 proves that the
/// engine runs single-threaded. Used by the workers' start-up self-test.
int threadsAfterRecognition(Recogniser& recogniser);

}  // namespace sohoa
