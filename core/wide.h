#pragma once

/// Marks a function that loops over many bytes or pixels. The compiler makes it twice, once for
/// every x86-64 processor and once for those with AVX2; the dynamic linker chooses one when the
/// program starts. AVX2 alone has no fused multiply-add, so both give the same bits. Sanitizers
/// turn this off, because the linker's choice runs before they have started.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && defined(__OPTIMIZE__)
#define SOHOA_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define SOHOA_WIDE
#endif
