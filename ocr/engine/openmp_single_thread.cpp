// The engine opens an OpenMP region for every step of every layer. With one thread, which is how
// pages are read (OMP_THREAD_LIMIT, see README.md), each of them still costs libgomp two system
// calls and its bookkeeping: a twentieth of a page's time. Here a region is what it then amounts
// to, a call. These stand before libgomp's entries of the same names (its ABI since GCC 4.9) in
// every program that links this room; within them omp_get_num_threads() says 1, as outside of any
// region.
extern "C" {
void GOMP_parallel(void (*region)(void*), void* data, unsigned threads, unsigned flags);
void GOMP_parallel_sections(void (*region)(void*), void* data, unsigned threads, unsigned count,
                            unsigned flags);
unsigned GOMP_sections_next();
void GOMP_sections_end_nowait();
}

namespace {

/// The sections of the region that runs: how many, and how many have begun.
struct Sections {
  unsigned count = 0, begun = 0;
};
thread_local Sections running;

}  // namespace

void GOMP_parallel(void (*region)(void*), void* data, unsigned /*threads*/, unsigned /*flags*/) {
  region(data);
}

void GOMP_parallel_sections(void (*region)(void*), void* data, unsigned /*threads*/, unsigned count,
                            unsigned /*flags*/) {
  const Sections outer = running;
  running = {count, 0};
  region(data);
  running = outer;
}

/// From 1; 0 when there is none left.
unsigned GOMP_sections_next() { return running.begun < running.count ? ++running.begun : 0; }

void GOMP_sections_end_nowait() {}
