#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "pdf/changes/page_picture.h"

namespace sohoa {

/// Draws pages in a process of its own, the program `sohoa-render`, in which all bytes of a
/// document are parsed by other people's code. This object may live in a process that may start
/// none: it forks a helper when it is made, and the helper starts the program when the first page
/// is asked for. A page that takes the program more than its time, or down, is not drawn. Not
/// thread-safe.
class RenderProcess : public PageRenderer {
 public:
  /// `program` need not exist: then nothing is drawn. Forks: to be made while the process has one
  /// thread and no secrets.
  explicit RenderProcess(std::filesystem::path program);
  ~RenderProcess() override;
  RenderProcess(const RenderProcess&) = delete;
  RenderProcess& operator=(const RenderProcess&) = delete;

  bool isThere() const { return fd_ >= 0; }
  std::optional<PagePicture> draw(std::string_view document, std::size_t page) override;

  /// Where the program is: beside `self` (links are followed), or in libexec of the same prefix.
  static std::filesystem::path programBeside(const std::filesystem::path& self);

 private:
  void end();

  pid_t pid_ = -1;
  int fd_ = -1;
};

/// What the program answers: a picture as bytes, and back; nothing for bytes that are none.
std::string encodePicture(const PagePicture& picture);
std::optional<PagePicture> decodePicture(std::string_view bytes);

}  // namespace sohoa
