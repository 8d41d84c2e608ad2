// What makes signing in smoother. Every page works without it.

for (const part of document.querySelectorAll('[data-needs-script], .show-password')) part.hidden = false

for (const box of document.querySelectorAll('[data-show-password]')) {
  const field = box.closest('form').querySelector('input[type=password]')
  box.addEventListener('change', () => { field.type = box.checked ? 'text' : 'password' })
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
for (const field of document.querySelectorAll('input[data-zone]')) field.value = zone || ''
