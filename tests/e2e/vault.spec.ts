import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { createDeskFolders, openDesk } from '../helpers/desk.ts'
import { HER, receiveDistrict, test } from '../helpers/office.ts'
import { caseRows, goToScreen, unlock } from '../helpers/screens.ts'
import { missingVaultTools, startVault } from '../helpers/vault.ts'

test("the operating system's vault guards the PC's secret over restarts, and without it nothing opens", async ({
  centre
}) => {
  const missing = process.platform === 'linux' ? missingVaultTools() : ['a key store that can be thrown away']
  test.info().skip(missing.length > 0, `this machine lacks ${missing.join(', ')}`)
  const vault = await startVault()
  const folders = createDeskFolders()
  const pc = { dataDir: folders.make(), serverUrl: centre.url, vault }
  try {
    const first = await openDesk(pc)
    await receiveDistrict(first, HER)
    await goToScreen(first.page, '설정')
    await expect(first.page.getByText('운영체제 보관소')).toBeVisible()
    await first.close()
    expect(existsSync(join(pc.dataDir, 'device-secret.unprotected'))).toBe(false)
    expect(readFileSync(join(pc.dataDir, 'device-secret.bin')).subarray(0, 3).toString()).toBe('v11') // under the vault's key

    const second = await openDesk(pc)
    await unlock(second.page, HER)
    await expect(caseRows(second.page).first()).toBeVisible()
    await second.close()

    await vault.replace()
    const third = await openDesk(pc)
    await expect(third.page.locator('[data-problem="vault_lost"]')).toBeVisible({ timeout: 20_000 })
    await third.page.getByRole('button', { name: '다시 받기' }).click()
    await third.page.getByRole('dialog').getByRole('button', { name: '다시 받기' }).click()
    await receiveDistrict(third, HER)
    await third.close()
  } finally {
    vault.stop()
    folders.remove()
  }
})
