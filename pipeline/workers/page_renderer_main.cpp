// `sohoa-render`: draws pages with poppler, for the verifier. A program of its own, so that
// poppler's code never runs where anything else of sohoa does, and so that its licence stays here.
// Serves requests on file descriptor 3: the page's number, a line end, the document; answers a
// picture (page_renderer.h), or nothing where there is none.
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-image.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/time.h>

#include <charconv>
#include <cmath>
#include <memory>

#include "pipeline/workers/message_framing.h"
#include "pipeline/workers/page_renderer.h"
#include "pipeline/workers/sandbox.h"

namespace sohoa {
namespace {

constexpr int kSupervisor = 3;
constexpr int kMegabytes = 2000, kDataMegabytes = 700;
constexpr int kSeconds = 6;  ///< of processor time a page; more ends the program
/// Dots an inch; fewer for sheets that would have more pixels than this, and none below the least.
constexpr double kDpi = 120, kLeastDpi = 40, kPixels = 3e6;

int rotationOf(const poppler::page& page) {
  switch (page.orientation()) {
    case poppler::page::landscape:
      return 90;
    case poppler::page::upside_down:
      return 180;
    case poppler::page::seascape:
      return 270;
    case poppler::page::portrait:
      break;
  }
  return 0;
}

void addWords(const poppler::page& page, double scale, PagePicture& picture) {
  for (const poppler::text_box& box : page.text_list()) {
    const poppler::rectf at = box.bbox();
    const poppler::byte_array utf8 = box.text().to_utf8();
    const auto pixel = [&](double points) { return static_cast<int>(points * scale); };
    picture.words.push_back(
        {std::string(utf8.begin(), utf8.end()),
         {pixel(at.left()), pixel(at.top()), pixel(at.right()) + 1, pixel(at.bottom()) + 1}});
  }
}

std::optional<PagePicture> draw(std::string_view document, int number) {
  const std::unique_ptr<poppler::document> opened(
      poppler::document::load_from_raw_data(document.data(), static_cast<int>(document.size())));
  if (!opened || opened->is_locked()) return std::nullopt;
  const std::unique_ptr<poppler::page> page(opened->create_page(number));
  if (!page) return std::nullopt;
  const poppler::rectf shown = page->page_rect();
  const double inches = shown.width() * shown.height() / (72.0 * 72.0);
  if (!(inches > 0)) return std::nullopt;
  const double dpi = std::min(kDpi, std::sqrt(kPixels / inches));
  if (dpi < kLeastDpi) return std::nullopt;
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_rgb24);
  renderer.set_render_hints(poppler::page_renderer::antialiasing |
                            poppler::page_renderer::text_antialiasing);
  const poppler::image image = renderer.render_page(page.get(), dpi, dpi);
  if (!image.is_valid()) return std::nullopt;
  PagePicture picture;
  picture.width = image.width(), picture.height = image.height();
  picture.left = shown.left(), picture.right = shown.right();
  picture.bottom = std::min(shown.top(), shown.bottom());
  picture.top = std::max(shown.top(), shown.bottom());
  picture.rotation = rotationOf(*page);
  const auto row = 3 * static_cast<std::size_t>(image.width());
  for (int y = 0; y < image.height(); ++y) {
    picture.rgb.append(image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row(),
                       row);
  }
  addWords(*page, dpi / 72, picture);
  return picture;
}

int serve() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  enterSandbox(kMegabytes, kDataMegabytes);
  std::string request;
  while (receiveFrame(kSupervisor, request)) {
    const itimerval limit{{}, {kSeconds, 0}};
    ::setitimer(ITIMER_PROF, &limit, nullptr);
    const std::size_t line = request.find('\n');
    int number = -1;
    if (line != std::string::npos) std::from_chars(request.data(), request.data() + line, number);
    const auto picture =
        number >= 0 ? draw(std::string_view(request).substr(line + 1), number) : std::nullopt;
    sendFrame(kSupervisor, picture ? encodePicture(*picture) : "");
  }
  return 0;
}

}  // namespace
}  // namespace sohoa

int main() try { return sohoa::serve(); } catch (...) {
  return 1;
}
