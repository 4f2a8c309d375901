import type { ElectronApplication, Page } from '@playwright/test'

/** A stretch of office life on the real application. The demo shows its steps, an end-to-end test demands them. */
export interface Story {
  readonly title: string
  readonly steps: readonly { readonly name: string }[]
  /** Starts the centre and the PCs. What the application produces goes to `documentsDir`. */
  begin(options: { documentsDir: string }): Promise<BegunStory>
}

export interface BegunStory {
  /** Runs the step of this index; resolves with the page to look at. Each step builds on the one before. */
  run(index: number): Promise<Page>
  /** One of the PCs: tells the runtime, and is looked at when a step fails. */
  firstDesk(): RunningDesk
  /** Stops and removes everything but the documents. */
  end(): Promise<void>
}

export interface RunningDesk {
  readonly app: ElectronApplication
  readonly page: Page
}

export interface StoryStep<Stage> {
  readonly name: string
  readonly run: (stage: Stage) => Promise<Page>
}

/** A story whose steps share what it plays on: the centre, the PCs and what the steps have found out. */
export function storyOf<Stage>(parts: {
  readonly title: string
  readonly steps: readonly StoryStep<Stage>[]
  readonly setStage: (options: { documentsDir: string }) => Promise<{ stage: Stage; end(): Promise<void> }>
  readonly firstDesk: (stage: Stage) => RunningDesk
}): Story {
  const { title, steps, setStage, firstDesk } = parts
  return {
    title,
    steps,
    begin: async (options) => {
      const { stage, end } = await setStage(options)
      const run = (index: number): Promise<Page> => {
        const step = steps[index]
        if (step === undefined) throw new Error(`the story has no step ${index + 1}`)
        return step.run(stage)
      }
      return { run, firstDesk: () => firstDesk(stage), end }
    }
  }
}
